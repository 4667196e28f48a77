#include "index/evaluation/metrics.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/evaluation/exact_ranking.h"

namespace freshet::index {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

constexpr double kNear = 1e-12;

TEST(Metrics, EqualTheHandComputedValues) {
  const LegMetrics metrics = measure({"x", "a", "y", "b"}, {{"a", 1}, {"b", 2}, {"c", 1}});

  const double gain = 1 / std::log2(3.0) + 2 / std::log2(5.0);
  const double ideal = 2 + 1 / std::log2(3.0) + 1 / std::log2(4.0);
  EXPECT_THAT(metrics.ndcg10, DoubleNear(gain / ideal, kNear));
  EXPECT_THAT(metrics.recall100, DoubleNear(2.0 / 3, kNear));
  EXPECT_THAT(metrics.mrr10, DoubleNear(0.5, kNear));
}

TEST(Metrics, LookTenAndAHundredDeep) {
  std::vector<std::string> ranking(200, "");
  for (std::size_t at = 0; at < ranking.size(); ++at) ranking[at] = "x" + std::to_string(at);
  ranking[10] = "eleventh";
  ranking[99] = "hundredth";
  ranking[100] = "beyond";

  const LegMetrics eleventh = measure(ranking, {{"eleventh", 1}});
  EXPECT_EQ(eleventh.ndcg10, 0);
  EXPECT_EQ(eleventh.mrr10, 0);
  EXPECT_EQ(eleventh.recall100, 1);
  EXPECT_EQ(measure(ranking, {{"hundredth", 1}}).recall100, 1);
  EXPECT_EQ(measure(ranking, {{"beyond", 1}}).recall100, 0);
}

TEST(Metrics, AreOneForThePerfectAndZeroForTheEmptyRanking) {
  EXPECT_THAT(measure({"b", "a"}, {{"a", 1}, {"b", 2}}).ndcg10, DoubleNear(1, kNear));
  EXPECT_EQ(measure({}, {{"a", 1}}).ndcg10, 0);
  EXPECT_EQ(measure({"a"}, {}).ndcg10, 0);
}

TEST(Metrics, AverageOverQueries) {
  const LegMetrics mean = mean_of({measure({"a"}, {{"a", 1}}), measure({"x"}, {{"a", 1}})});

  EXPECT_EQ(mean.queries, 2U);
  EXPECT_THAT(mean.ndcg10, DoubleNear(0.5, kNear));
  EXPECT_THAT(mean.mrr10, DoubleNear(0.5, kNear));
  EXPECT_THAT(mean.recall100, DoubleNear(0.5, kNear));
  EXPECT_EQ(mean_of({}).ndcg10, 0);
}

TEST(ExactRanking, PutsEachDocumentWhereItsBestPassageIs) {
  const std::vector<ExactVector> vectors{
      {"a", {0, 1}}, {"b", {0.6F, 0.8F}}, {"a", {1, 0}}, {"c", {1}}};
  const std::vector<float> query{1, 0};

  EXPECT_THAT(rank_exactly(query, vectors, 10), ElementsAre("a", "b", "c"));
  EXPECT_THAT(rank_exactly(query, vectors, 1), ElementsAre("a"));
}

}  // namespace
}  // namespace freshet::index
