#include "index/fusion/relevance.h"

#include <optional>

#include <gtest/gtest.h>

namespace freshet::index {
namespace {

TEST(Relevance, RisesWithTheCosineAndStaysBetweenZeroAndOne) {
  for (const std::optional<double> bm25 :
       {std::optional<double>(), std::optional(0.0), std::optional(30.0)}) {
    double before = 0;
    for (double cosine = -1; cosine <= 1; cosine += 0.05) {
      const double now = relevance(bm25, cosine);
      EXPECT_GT(now, before);
      EXPECT_LT(now, 1);
      before = now;
    }
  }
}

TEST(Relevance, RisesWithBm25AndStaysBetweenZeroAndOne) {
  for (const std::optional<double> cosine :
       {std::optional<double>(), std::optional(0.0), std::optional(0.9)}) {
    double before = 0;
    for (double bm25 = 0; bm25 < 200; bm25 += 5) {
      const double now = relevance(bm25, cosine);
      EXPECT_GT(now, before);
      EXPECT_LT(now, 1);
      before = now;
    }
  }
}

TEST(Relevance, IsLowForUnrelatedAndHighForAgreeingLegs) {
  EXPECT_LT(relevance(0.0, 0.1), 0.1);
  EXPECT_GT(relevance(20.0, 0.7), 0.9);
  EXPECT_EQ(relevance(std::nullopt, std::nullopt), 0);
}

}  // namespace
}  // namespace freshet::index
