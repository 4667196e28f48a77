#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

/// IEEE 754 binary16, round to nearest even: what the vector cache keeps of a number.
std::uint16_t to_half(float value);
float from_half(std::uint16_t half);

/// Two little-endian bytes per number, and back.
std::string pack_halves(std::span<const float> values);
std::vector<float> unpack_halves(std::string_view bytes);

/// The vector as the cache would give it back. Publishing always uses this one, so that an index
/// does not depend on which vectors happened to be cached (promise 10).
std::vector<float> as_cached(std::span<const float> values);

}  // namespace freshet::pipeline
