#include "index/vector/kernels.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "index/vector/half.h"

namespace freshet::index {
namespace {

using Codes = std::vector<std::int8_t>;

void expect_all_equal(const Codes& a, const Codes& b) {
  std::int64_t expected = 0;
  for (std::size_t i = 0; i < a.size(); ++i) expected += std::int64_t{a[i]} * b[i];
  for (const auto& kernel : int8_dot_kernels()) {
    EXPECT_EQ(kernel.function(a.data(), b.data(), a.size()), expected) << kernel.name;
  }
}

TEST(Int8Dot, IsTheSameInEveryKernelForRandomVectors) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> code(-128, 127);
  for (std::size_t length = kInt8Block; length <= 2048; length += kInt8Block) {
    Codes a(length);
    Codes b(length);
    for (auto& value : a) value = static_cast<std::int8_t>(code(random));
    for (auto& value : b) value = static_cast<std::int8_t>(code(random));
    expect_all_equal(a, b);
  }
}

TEST(Int8Dot, IsTheSameInEveryKernelForExtremeVectors) {
  for (const std::int8_t left :
       {std::int8_t{-128}, std::int8_t{127}, std::int8_t{0}, std::int8_t{-1}}) {
    for (const std::int8_t right : {std::int8_t{-128}, std::int8_t{127}, std::int8_t{1}}) {
      expect_all_equal(Codes(kMaxDimension, left), Codes(kMaxDimension, right));
    }
  }
}

TEST(Int8Dot, ReadsRowsAtAnyAlignment) {
  Codes a(129, 3);
  const Codes b(128, 5);
  for (const auto& kernel : int8_dot_kernels()) {
    EXPECT_EQ(kernel.function(a.data() + 1, b.data(), 128), 128 * 15) << kernel.name;
  }
}

TEST(HalfDot, IsTheSameBitByBitInEveryKernel) {
  std::mt19937 random(11);
  std::normal_distribution<float> normal;
  for (int round = 0; round < 500; ++round) {
    const std::size_t length = kHalfBlock * static_cast<std::size_t>(1 + round % 64);
    std::vector<float> query(length);
    std::vector<std::uint16_t> half(length);
    for (auto& value : query) value = normal(random) * std::ldexp(1.0F, round % 40 - 20);
    for (auto& value : half)
      value = half_from_float(normal(random) * std::ldexp(1.0F, -(round % 24)));

    const auto kernels = half_dot_kernels();

    const double expected = kernels.front().function(query.data(), half.data(), length);
    for (const auto& kernel : kernels) {
      EXPECT_EQ(kernel.function(query.data(), half.data(), length), expected) << kernel.name;
    }
  }
}

TEST(HalfDot, ConvertsEveryFiniteHalfAlikeInEveryKernel) {
  std::vector<float> one(kHalfBlock);
  one[0] = 1.0F;
  std::vector<std::uint16_t> half(kHalfBlock);
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    half[0] = static_cast<std::uint16_t>(bits);
    if (!std::isfinite(float_from_half(half[0]))) continue;
    for (const auto& kernel : half_dot_kernels()) {
      ASSERT_EQ(kernel.function(one.data(), half.data(), kHalfBlock),
                double{float_from_half(half[0])})
          << kernel.name << " " << bits;
    }
  }
}

}  // namespace
}  // namespace freshet::index
