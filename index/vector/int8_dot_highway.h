#pragma once

#include <cstddef>
#include <cstdint>

namespace freshet::index {

/// The int8 dot product through Highway, for the best instruction set it finds at run time.
std::int32_t int8_dot_highway(const std::int8_t* a, const std::int8_t* b, std::size_t length);

}  // namespace freshet::index
