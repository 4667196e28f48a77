#include "index/vector/vector_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "base/files.h"
#include "tests/index/vector/clustered_vectors.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using testing::clustered_vectors;
using testing::exact_dot;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Succeeds;
using testing::TemporaryDirectory;

using Vectors = std::vector<std::vector<float>>;
constexpr std::size_t kNoGraph = std::numeric_limits<std::size_t>::max();

Result<VectorSegment> build(const std::filesystem::path& directory, const Vectors& vectors,
                            PassageNumber first, std::size_t graph_threshold) {
  VectorSegmentBuilder builder(directory, vectors.front().size(), first, graph_threshold);
  for (const auto& vector : vectors) FRESHET_CHECK(builder.add(vector));
  FRESHET_CHECK(builder.finish());
  return VectorSegment::open(directory, VectorSegment::Check::Everything);
}

PassageSet range(PassageNumber begin, PassageNumber end) {
  PassageSet set;
  set.add_range(begin, end);
  return set;
}

std::set<PassageNumber> exact_top(const Vectors& vectors, const std::vector<float>& query,
                                  PassageNumber first, const PassageSet& allowed,
                                  std::size_t limit) {
  std::vector<std::pair<double, PassageNumber>> all;
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    const auto number = static_cast<PassageNumber>(first + i);
    if (allowed.contains(number)) all.emplace_back(-exact_dot(query, vectors[i]), number);
  }
  std::sort(all.begin(), all.end());
  std::set<PassageNumber> top;
  for (std::size_t i = 0; i < std::min(limit, all.size()); ++i) top.insert(all[i].second);
  return top;
}

double recall(const VectorSegment& segment, const Vectors& vectors, const Vectors& queries,
              const PassageSet& allowed) {
  std::size_t found = 0;
  std::size_t wanted = 0;
  for (const auto& query : queries) {
    const auto top = exact_top(vectors, query, segment.first_number(), allowed, 10);
    const auto hits = segment.search(query, allowed, 10);
    for (const auto& hit : *hits) found += top.count(hit.number);
    wanted += top.size();
  }
  return static_cast<double>(found) / static_cast<double>(wanted);
}

/// 100 queries from among the same clusters as the vectors.
std::pair<Vectors, Vectors> vectors_and_queries(std::size_t count, std::size_t dimension) {
  Vectors vectors = clustered_vectors(count + 100, dimension, 60, 1);
  Vectors queries(vectors.end() - 100, vectors.end());
  vectors.resize(count);
  return {std::move(vectors), std::move(queries)};
}

TEST(VectorIndex, FindsTheTrueNearestByScanning) {
  const TemporaryDirectory directory;
  const auto [vectors, queries] = vectors_and_queries(3000, 384);
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 1, kNoGraph));

  EXPECT_GE(recall(segment, vectors, queries, range(1, 3001)), 0.999);
}

TEST(VectorIndex, FindsNearlyAllOfTheTrueNearestByWalkingTheGraph) {
  const TemporaryDirectory directory;
  const auto [vectors, queries] = vectors_and_queries(10000, 48);
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 100, 1000));
  ASSERT_TRUE(std::filesystem::exists(directory / "graph.hnsw"));

  EXPECT_GE(recall(segment, vectors, queries, range(100, 10100)), 0.98);
}

TEST(VectorIndex, GivesOnlyAllowedPassages) {
  const TemporaryDirectory directory;
  const auto [vectors, queries] = vectors_and_queries(10000, 24);
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 1, 1000));
  PassageSet most = range(1, 10001);
  for (PassageNumber number = 1; number <= 10000; number += 11) most.remove(number);
  const PassageSet few = range(50, 90);

  for (const PassageSet& allowed : {most, few}) {
    EXPECT_GE(recall(segment, vectors, queries, allowed), 0.98);
    for (const auto& query : queries) {
      ASSERT_SUCCEEDS(const auto hits, segment.search(query, allowed, 50));
      EXPECT_EQ(hits.size(), std::min<std::uint64_t>(50, allowed.size()));
      for (const auto& hit : hits) EXPECT_TRUE(allowed.contains(hit.number));
    }
  }
}

TEST(VectorIndex, FindsAllOfAFilterThatExcludesTheNeighbourhoodOfTheQuery) {
  const TemporaryDirectory directory;
  const auto vectors = clustered_vectors(18000, 16, 2, 6);
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 1, 1000));
  PassageSet others;  // Of the two clusters, the one that the query is not in.
  for (PassageNumber number = 2; number <= 18000; number += 2) others.add(number);

  ASSERT_SUCCEEDS(const auto hits, segment.search(vectors[0], others, 10));

  const auto top = exact_top(vectors, vectors[0], 1, others, 10);
  EXPECT_EQ(hits.size(), 10U);
  for (const auto& hit : hits) EXPECT_TRUE(top.contains(hit.number));
}

TEST(VectorIndex, IgnoresAllowedPassagesOfOtherSegments) {
  const TemporaryDirectory directory;
  ASSERT_SUCCEEDS(const auto segment,
                  build(directory.path(), clustered_vectors(10, 8, 2, 1), 100, kNoGraph));

  ASSERT_SUCCEEDS(const auto none,
                  segment.search(clustered_vectors(1, 8, 1, 1)[0], range(1, 100), 5));
  ASSERT_SUCCEEDS(const auto all,
                  segment.search(clustered_vectors(1, 8, 1, 1)[0], range(1, 5000), 50));

  EXPECT_THAT(none, IsEmpty());
  EXPECT_EQ(all.size(), 10U);
}

TEST(VectorIndex, OrdersEqualVectorsByPassageNumber) {
  const TemporaryDirectory directory;
  const Vectors vectors(40, {0.6F, 0.8F});
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 7, kNoGraph));

  ASSERT_SUCCEEDS(const auto hits,
                  segment.search(std::vector<float>{1.0F, 0.0F}, range(1, 100), 5));

  ASSERT_EQ(hits.size(), 5U);
  for (std::size_t i = 0; i < hits.size(); ++i) EXPECT_EQ(hits[i].number, 7 + i);
  EXPECT_NEAR(hits[0].cosine, 0.6, 0.001);
}

TEST(VectorIndex, FindsEveryOneOfManyEqualVectorsInAGraph) {
  const TemporaryDirectory directory;
  Vectors vectors = clustered_vectors(9000, 16, 30, 8);
  for (std::size_t i = 1000; i < 1100; ++i) vectors[i] = vectors[1000];
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 1, 1000));

  ASSERT_SUCCEEDS(const auto hits, segment.search(vectors[1000], range(1, 9001), 10));

  ASSERT_EQ(hits.size(), 10U);
  for (const auto& hit : hits) EXPECT_NEAR(hit.cosine, 1.0, 0.001);
}

TEST(VectorIndex, NeverFindsZeroVectors) {
  for (const std::size_t threshold : {kNoGraph, std::size_t{1}}) {
    const TemporaryDirectory directory;
    const Vectors vectors{{0, 0}, {1, 0}, {0, 0}, {-1, 0}};
    ASSERT_SUCCEEDS(const auto segment, build(directory.path(), vectors, 1, threshold));

    ASSERT_SUCCEEDS(const auto hits, segment.search(vectors[1], range(1, 5), 10));

    ASSERT_EQ(hits.size(), 2U);
    EXPECT_EQ(hits[0].number, 2U);
    EXPECT_EQ(hits[1].number, 4U);
  }
}

TEST(VectorIndex, HasNoGraphWhereEveryVectorIsZero) {
  const TemporaryDirectory directory;
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), Vectors(5, {0, 0}), 1, 1));
  ASSERT_SUCCEEDS(const auto hits, segment.search(std::vector<float>{1, 0}, range(1, 6), 3));
  EXPECT_THAT(hits, IsEmpty());
}

TEST(VectorIndex, AnswersNothingToAZeroQueryAndRefusesWhatIsNoNumber) {
  const TemporaryDirectory directory;
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), {{1, 0}}, 1, kNoGraph));

  ASSERT_SUCCEEDS(const auto none, segment.search(std::vector<float>{0, 0}, range(1, 2), 3));
  EXPECT_THAT(none, IsEmpty());
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THAT(segment.search(std::vector<float>{infinity, 0}, range(1, 2), 3),
              FailsWith(ErrorKind::Invalid, HasSubstr("infinity")));
  EXPECT_THAT(segment.search(std::vector<float>{std::nanf(""), 0}, range(1, 2), 3),
              FailsWith(ErrorKind::Invalid, HasSubstr("no number")));
  EXPECT_THAT(segment.search(std::vector<float>{1, 0, 0}, range(1, 2), 3),
              FailsWith(ErrorKind::Invalid, HasSubstr("3 dimensions")));
}

TEST(VectorIndex, TakesAQueryOfAnyLength) {
  const TemporaryDirectory directory;
  ASSERT_SUCCEEDS(const auto segment, build(directory.path(), {{0.6F, 0.8F}}, 1, kNoGraph));
  for (const float length : {1e-30F, 1.0F, 1e30F}) {
    EXPECT_NEAR(segment.cosine(std::vector<float>{length, 0}, 1), 0.6, 0.001);
  }
}

TEST(VectorIndex, RefusesVectorsThatAreNotOfUnitLength) {
  const TemporaryDirectory directory;
  VectorSegmentBuilder builder(directory.path(), 2, 1, kNoGraph);
  EXPECT_THAT(builder.add(std::vector<float>{0.5F, 0.5F}),
              FailsWith(ErrorKind::Invalid, HasSubstr("length")));
  EXPECT_THAT(builder.add(std::vector<float>{std::nanf(""), 1}),
              FailsWith(ErrorKind::Invalid, HasSubstr("nan")));
  EXPECT_THAT(builder.add(std::vector<float>{1}),
              FailsWith(ErrorKind::Invalid, HasSubstr("1 dimensions")));
}

TEST(VectorIndex, GivesBackVectorsThatBuildTheSameFilesAgain) {
  const TemporaryDirectory first;
  const TemporaryDirectory second;
  const auto vectors = clustered_vectors(1500, 20, 10, 9);
  ASSERT_SUCCEEDS(const auto segment, build(first.path(), vectors, 5, 1000));
  Vectors stored;
  for (PassageNumber number = 5; number < 1505; ++number) stored.push_back(segment.vector(number));

  ASSERT_THAT(build(second.path(), stored, 5, 1000), Succeeds());

  for (const char* name : {"vectors.sq8", "vectors.fp16", "graph.hnsw"}) {
    ASSERT_SUCCEEDS(const auto before, read_file(first / name));
    ASSERT_SUCCEEDS(const auto after, read_file(second / name));
    EXPECT_TRUE(before == after) << name;
  }
}

}  // namespace
}  // namespace freshet::index
