#include "index/encoding/batches.h"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PlanBatches, PutsTextsOfSimilarLengthTogetherLongestFirst) {
  const std::vector<std::size_t> lengths{5, 200, 6, 190};

  const auto batches = plan_batches(lengths, {32, 8192});

  ASSERT_EQ(batches.size(), 2U);
  EXPECT_EQ(batches[0].length, 200U);
  EXPECT_THAT(batches[0].members, ElementsAre(1, 3));
  EXPECT_EQ(batches[1].length, 6U);
  EXPECT_THAT(batches[1].members, ElementsAre(2, 0));
}

TEST(PlanBatches, HasNoneForNoTexts) {
  EXPECT_THAT(plan_batches({}, {32, 8192}), IsEmpty());
}

TEST(PlanBatches, GivesATextBeyondTheTokenLimitABatchOfItsOwn) {
  const std::vector<std::size_t> lengths{100, 100};

  EXPECT_EQ(plan_batches(lengths, {32, 50}).size(), 2U);
}

TEST(PlanBatches, CoversEveryTextOnceWithinTheLimits) {
  std::mt19937 random(7);
  std::vector<std::size_t> lengths(1000);
  for (auto& length : lengths) length = 2 + random() % 255;
  const BatchLimits limits{32, 2048};
  std::vector<int> seen(lengths.size());

  for (const auto& batch : plan_batches(lengths, limits)) {
    EXPECT_LE(batch.members.size(), limits.texts);
    EXPECT_LE(batch.members.size() * batch.length, limits.tokens);
    for (const std::size_t member : batch.members) {
      EXPECT_LE(lengths[member], batch.length);
      ++seen[member];
    }
  }

  EXPECT_THAT(seen, ::testing::Each(1));
}

}  // namespace
}  // namespace freshet::index
