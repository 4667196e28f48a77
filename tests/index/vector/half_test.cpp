#include "index/vector/half.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace freshet::index {
namespace {

TEST(Half, ComesBackUnchangedFromEveryFiniteHalf) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto half = static_cast<std::uint16_t>(bits);
    const float value = float_from_half(half);
    if (!std::isfinite(value)) continue;
    ASSERT_EQ(half_from_float(value), half) << bits;
  }
}

TEST(Half, RoundsToTheNearestAndTiesToEven) {
  EXPECT_EQ(float_from_half(half_from_float(1.0F + 0x1p-11F)), 1.0F);
  EXPECT_EQ(float_from_half(half_from_float(1.0F + 0x1.8p-10F)), 1.0F + 0x1p-9F);
  EXPECT_EQ(float_from_half(half_from_float(1.0F + 0x1.2p-11F)), 1.0F + 0x1p-10F);
  EXPECT_EQ(float_from_half(half_from_float(0x1p-25F)), 0.0F);
  EXPECT_EQ(float_from_half(half_from_float(0x1.8p-25F)), 0x1p-24F);
}

TEST(Half, TurnsWhatIsTooLargeIntoInfinity) {
  EXPECT_EQ(float_from_half(half_from_float(65504.0F)), 65504.0F);
  EXPECT_TRUE(std::isinf(float_from_half(half_from_float(65520.0F))));
  EXPECT_TRUE(std::isinf(float_from_half(half_from_float(-1e30F))));
  EXPECT_TRUE(
      std::isnan(float_from_half(half_from_float(std::numeric_limits<float>::quiet_NaN()))));
}

}  // namespace
}  // namespace freshet::index
