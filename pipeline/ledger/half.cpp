#include "pipeline/ledger/half.h"

#include <bit>
#include <cmath>

namespace freshet::pipeline {

namespace {

constexpr std::uint32_t kSignShift = 16;
constexpr std::uint32_t kMantissaShift = 13;
constexpr float kHalfMax = 65504.0F;
constexpr float kSmallestNormal = 6.103515625e-05F;        // 2^-14
constexpr float kSubnormalUnit = 5.9604644775390625e-08F;  // 2^-24

}  // namespace

std::uint16_t to_half(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const std::uint32_t sign = (bits >> kSignShift) & 0x8000U;
  const float magnitude = std::fabs(value);
  if (std::isnan(value)) return static_cast<std::uint16_t>(sign | 0x7e00U);
  if (magnitude < kSmallestNormal) {
    // nearbyint rounds halves to even; 1024 units are exactly the smallest normal number.
    const auto units = static_cast<std::uint32_t>(std::nearbyint(magnitude / kSubnormalUnit));
    return static_cast<std::uint16_t>(sign | units);
  }
  if (magnitude >= kHalfMax + 16.0F) return static_cast<std::uint16_t>(sign | 0x7c00U);
  const std::uint32_t rebased = (bits & 0x7fffffffU) - ((127U - 15U) << 23U);
  const std::uint32_t even = (rebased >> kMantissaShift) & 1U;
  return static_cast<std::uint16_t>(sign | ((rebased + 0xfffU + even) >> kMantissaShift));
}

float from_half(std::uint16_t half) {
  const std::uint32_t sign = (half & 0x8000U) << kSignShift;
  const std::uint32_t exponent = (half >> 10U) & 0x1fU;
  const std::uint32_t mantissa = half & 0x3ffU;
  if (exponent == 0) {
    const float magnitude = static_cast<float>(mantissa) * kSubnormalUnit;
    return sign != 0 ? -magnitude : magnitude;
  }
  const std::uint32_t rebased = exponent == 31 ? 255U : exponent + (127U - 15U);
  return std::bit_cast<float>(sign | (rebased << 23U) | (mantissa << kMantissaShift));
}

std::string pack_halves(std::span<const float> values) {
  std::string bytes;
  bytes.reserve(values.size() * 2);
  for (const float value : values) {
    const std::uint16_t half = to_half(value);
    bytes.push_back(static_cast<char>(half & 0xffU));
    bytes.push_back(static_cast<char>(half >> 8U));
  }
  return bytes;
}

std::vector<float> unpack_halves(std::string_view bytes) {
  std::vector<float> values;
  values.reserve(bytes.size() / 2);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    const auto low = static_cast<unsigned char>(bytes[at]);
    const auto high = static_cast<unsigned char>(bytes[at + 1]);
    values.push_back(from_half(static_cast<std::uint16_t>(low | (high << 8U))));
  }
  return values;
}

std::vector<float> as_cached(std::span<const float> values) {
  std::vector<float> rounded;
  rounded.reserve(values.size());
  for (const float value : values) rounded.push_back(from_half(to_half(value)));
  return rounded;
}

}  // namespace freshet::pipeline
