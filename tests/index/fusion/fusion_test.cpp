#include "index/fusion/fusion.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace freshet::index {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;
using ::testing::ElementsAre;

LegStatistics average_query() {
  return {.bm25_top = 20,
          .bm25_tenth = 11,
          .bm25_mean = 4,
          .bm25_deviation = 16.0 / 6.5,
          .cosine_top = 0.7,
          .cosine_tenth = 0.51,
          .corpus_shift = 0};
}

std::vector<PassageNumber> numbers_of(const std::vector<FusedCandidate>& fused) {
  std::vector<PassageNumber> numbers;
  for (const auto& one : fused) numbers.push_back(one.candidate.number);
  return numbers;
}

TEST(Weigh, GivesTheDocumentedWeightForAnAverageQuery) {
  const FusionExplanation weights = weigh(average_query());

  EXPECT_THAT(weights.keyword_gap, DoubleNear(0.45, 1e-12));
  EXPECT_THAT(weights.vector_gap, DoubleNear(0.19, 1e-12));
  EXPECT_THAT(weights.keyword_z, DoubleNear(6.5, 1e-12));
  EXPECT_THAT(weights.lambda, DoubleNear(std::exp(-2.26 + 0.9 - 0.76 + 0.845), 1e-12));
  EXPECT_THAT(weights.lambda, DoubleNear(0.28, 0.005));
}

TEST(Weigh, LeavesTheVectorLegAloneWithoutAKeywordMatch) {
  LegStatistics statistics = average_query();
  statistics.bm25_top = statistics.bm25_tenth = statistics.bm25_mean = 0;

  EXPECT_EQ(weigh(statistics).lambda, 0);
}

TEST(Weigh, CountsAMissingTenthAsTheWholeGap) {
  LegStatistics statistics = average_query();
  statistics.bm25_tenth = 0;

  EXPECT_EQ(weigh(statistics).keyword_gap, 1);
}

TEST(Weigh, StaysWithinItsBounds) {
  LegStatistics sure_of_words = average_query();
  sure_of_words.bm25_tenth = 0;
  sure_of_words.bm25_deviation = 0;  // Counts as 0.1: z is 160.
  LegStatistics sure_of_vectors = average_query();
  sure_of_vectors.bm25_tenth = 20;
  sure_of_vectors.cosine_tenth = -0.3;

  EXPECT_EQ(weigh(sure_of_words).lambda, 2.0);
  EXPECT_THAT(weigh(sure_of_words).keyword_z, DoubleNear(160, 1e-9));
  EXPECT_EQ(weigh(sure_of_vectors).lambda, 0.02);
}

TEST(Weigh, ClipsTheCorpusShift) {
  LegStatistics statistics = average_query();
  statistics.corpus_shift = 99;
  EXPECT_EQ(weigh(statistics).corpus_shift, 1.2);

  statistics.corpus_shift = -99;
  EXPECT_EQ(weigh(statistics).corpus_shift, -3.7);
  EXPECT_THAT(weigh(statistics).lambda,
              DoubleNear(weigh(average_query()).lambda * std::exp(-3.7 * 0.25), 1e-12));
}

TEST(Fuse, AddsTheWeightedShareOfTheTopToTheCosine) {
  FusionExplanation weights;
  weights.lambda = 0.5;

  const auto fused =
      fuse({{.number = 1, .bm25 = 20, .cosine = 0.2}, {.number = 2, .bm25 = 5, .cosine = 0.6}},
           average_query(), weights, std::nullopt);

  EXPECT_THAT(numbers_of(fused), ElementsAre(2, 1));
  EXPECT_THAT(fused[0].keyword_part, DoubleEq(0.125));
  EXPECT_THAT(fused[0].vector_part, DoubleEq(0.6));
  EXPECT_THAT(fused[1].fused, DoubleEq(0.7));
  EXPECT_THAT(greatest_fused_score(weights, std::nullopt), DoubleEq(1.5));
}

TEST(Fuse, TakesAFixedAlphaInstead) {
  const auto fused =
      fuse({{.number = 1, .bm25 = 20, .cosine = 0.2}, {.number = 2, .bm25 = 5, .cosine = 0.6}},
           average_query(), weigh(average_query()), 0.25);

  EXPECT_THAT(numbers_of(fused), ElementsAre(1, 2));
  EXPECT_THAT(fused[0].fused, DoubleEq(0.75 + 0.05));
  EXPECT_THAT(fused[1].fused, DoubleEq(0.1875 + 0.15));
}

TEST(Fuse, OrdersEqualScoresByPassageNumber) {
  const auto fused = fuse(
      {{.number = 9, .cosine = 0.5}, {.number = 3, .cosine = 0.5}, {.number = 5, .cosine = 0.5}},
      {}, {}, std::nullopt);

  EXPECT_THAT(numbers_of(fused), ElementsAre(3, 5, 9));
}

TEST(Fuse, RanksByCosineWithoutAKeywordMatch) {
  const LegStatistics no_match{.cosine_top = 0.5, .cosine_tenth = 0.1};
  const auto fused =
      fuse({{.number = 1, .bm25 = 0, .cosine = -0.1}, {.number = 2, .bm25 = 0, .cosine = 0.5}},
           no_match, weigh(no_match), std::nullopt);

  EXPECT_THAT(numbers_of(fused), ElementsAre(2, 1));
  EXPECT_EQ(fused[0].keyword_part, 0);
}

TEST(Fuse, CountsNoMoreThanTheTopForAPassageOutsideTheKeywordList) {
  const auto fused = fuse({{.number = 1, .bm25 = 60, .cosine = 0}}, average_query(), {}, 0.0);

  EXPECT_EQ(fused[0].fused, 1);
}

}  // namespace
}  // namespace freshet::index
