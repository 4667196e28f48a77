#pragma once

#include <cstdint>

namespace freshet::index {

/// IEEE 754 binary16 from binary32 (rounds to nearest even; too large becomes infinity), and back,
/// exactly. Portable code: the same bits on every machine.
std::uint16_t half_from_float(float value);
float float_from_half(std::uint16_t half);

}  // namespace freshet::index
