#include "pipeline/ledger/half.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace freshet::pipeline {
namespace {

TEST(Half, KeepsEveryHalfAsItIs) {
  for (std::uint32_t half = 0; half < 0x10000; ++half) {
    const auto bits = static_cast<std::uint16_t>(half);
    const float value = from_half(bits);
    if (std::isnan(value)) continue;
    EXPECT_EQ(to_half(value), bits) << half;
  }
}

TEST(Half, RoundsToTheNearestAndTiesToEven) {
  EXPECT_EQ(from_half(to_half(1.0F + 1.0F / 2048)), 1.0F);
  EXPECT_EQ(from_half(to_half(1.0F + 3.0F / 2048)), 1.0F + 4.0F / 2048);
  EXPECT_EQ(from_half(to_half(1.0F + 1.1F / 2048)), 1.0F + 2.0F / 2048);
}

TEST(Half, KnowsTheEdgesOfItsRange) {
  EXPECT_EQ(from_half(to_half(65504.0F)), 65504.0F);
  EXPECT_EQ(from_half(to_half(65519.0F)), 65504.0F);
  EXPECT_TRUE(std::isinf(from_half(to_half(65520.0F))));
  EXPECT_TRUE(std::isinf(from_half(to_half(std::numeric_limits<float>::infinity()))));
  EXPECT_TRUE(std::isnan(from_half(to_half(std::numeric_limits<float>::quiet_NaN()))));
  EXPECT_EQ(from_half(to_half(1e-10F)), 0.0F);
  EXPECT_TRUE(std::signbit(from_half(to_half(-0.0F))));
}

TEST(Half, PacksAndUnpacksAVector) {
  const std::vector<float> values = {0.5F, -0.1F, 1.0F};

  EXPECT_EQ(unpack_halves(pack_halves(values)), as_cached(values));
  EXPECT_TRUE(unpack_halves("x").empty());
}

}  // namespace
}  // namespace freshet::pipeline
