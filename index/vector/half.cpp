#include "index/vector/half.h"

#include <bit>
#include <cmath>

namespace freshet::index {

namespace {

// Adding this power of two makes the float adder round at binary16's last subnormal bit.
constexpr float kSubnormalShift = 0.5F;
constexpr std::uint32_t kSmallestNormal = 113U << 23;  // 2^-14 as a float's bits.
constexpr std::uint32_t kInfinity = 255U << 23;
constexpr std::uint32_t kTooLarge = 143U << 23;  // 2^16.

}  // namespace

std::uint16_t half_from_float(float value) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> 16) & 0x8000U;
  std::uint32_t magnitude = bits & 0x7FFFFFFFU;
  if (magnitude >= kTooLarge) {
    const std::uint32_t quiet = magnitude > kInfinity ? 0x0200U : 0U;
    return static_cast<std::uint16_t>(sign | 0x7C00U | quiet);
  }
  if (magnitude < kSmallestNormal) {
    const float shifted = std::bit_cast<float>(magnitude) + kSubnormalShift;
    magnitude =
        std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(kSubnormalShift);
    return static_cast<std::uint16_t>(sign | magnitude);
  }
  const std::uint32_t odd = (magnitude >> 13) & 1U;
  magnitude += 0xFFFU + odd;
  return static_cast<std::uint16_t>(sign | ((magnitude - (112U << 23)) >> 13));
}

float float_from_half(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000U) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1FU;
  const std::uint32_t mantissa = half & 0x3FFU;
  if (exponent == 0) {
    const float magnitude = std::ldexp(static_cast<float>(mantissa), -24);
    return sign == 0 ? magnitude : -magnitude;
  }
  const std::uint32_t widened = exponent == 31 ? 255U : exponent + 112U;
  return std::bit_cast<float>(sign | (widened << 23) | (mantissa << 13));
}

}  // namespace freshet::index
