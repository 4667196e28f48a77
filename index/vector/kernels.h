#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace freshet::index {

/// Rows of int8 are padded with zeros to a multiple of this, rows of fp16 to a multiple of
/// kHalfBlock, so that kernels have no tails.
inline constexpr std::size_t kInt8Block = 64;
inline constexpr std::size_t kHalfBlock = 16;

/// Keeps every int8 dot product within an int32 (128 * 128 * 2^14 = 2^28).
inline constexpr std::size_t kMaxDimension = std::size_t{1} << 14;

/// Sum of a[i] * b[i] over `length`, a multiple of kInt8Block; any alignment.
using Int8Dot = std::int32_t (*)(const std::int8_t* a, const std::int8_t* b, std::size_t length);

/// Sum of query[i] * half[i] over `length`, a multiple of kHalfBlock; any alignment. A float times
/// a half is exact in double, and every path adds in the same 16 lanes and the same final order:
/// the results are equal bit by bit, with and without fused multiply-add.
using HalfDot = double (*)(const float* query, const std::uint16_t* half, std::size_t length);

/// The fastest kernels that this processor runs.
Int8Dot int8_dot();
HalfDot half_dot();

template <typename Function>
struct NamedKernel {
  std::string_view name;
  Function function;
};

/// Every kernel that this processor runs, the portable one first. All of one kind give equal
/// results.
std::vector<NamedKernel<Int8Dot>> int8_dot_kernels();
std::vector<NamedKernel<HalfDot>> half_dot_kernels();

}  // namespace freshet::index
