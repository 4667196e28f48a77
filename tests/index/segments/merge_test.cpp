#include <random>

#include "index/keyword/keyword_index.h"
#include "index/segments/merge_policy.h"
#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::document;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IndexFixture;
using ::testing::IsEmpty;
using testing::ManualClock;
using testing::Succeeds;

TEST(MergePolicy, MergesNothingBelowTheFactor) {
  EXPECT_THAT(segments_due(std::vector<SegmentLoad>(3, {10, 10}), 4), IsEmpty());
  EXPECT_THAT(segments_due({}, 4), IsEmpty());
}

TEST(MergePolicy, MergesTheSmallOnesAndLeavesTheLarge) {
  const std::vector<SegmentLoad> segments{{100000, 100000}, {10, 10}, {5, 5}, {7, 7}, {9, 9}};
  EXPECT_THAT(segments_due(segments, 4), ElementsAre(1, 2, 3, 4));
}

TEST(MergePolicy, TakesTheNextClassAlongWhenWhatIsMergedFillsIt) {
  const std::vector<SegmentLoad> segments{{200, 200}, {200, 200}, {200, 200}, {5, 5},
                                          {5, 5},     {5, 5},     {5, 5}};
  EXPECT_THAT(segments_due(segments, 4), ElementsAre(0, 1, 2, 3, 4, 5, 6));
}

TEST(MergePolicy, WritesASegmentAnewWhenTooMuchOfItIsDead) {
  EXPECT_THAT(segments_due(std::vector<SegmentLoad>{{100, 70}, {100, 69}}, 8), ElementsAre(1));
}

TEST(MergePolicy, TakesAnyFactor) {
  const std::vector<SegmentLoad> segments{{1, 1}, {1, 1}};
  EXPECT_THAT(segments_due(segments, 0), ElementsAre(0, 1));
  EXPECT_THAT(segments_due(std::vector<SegmentLoad>{{~0ULL, ~0ULL}}, 2), IsEmpty());
}

TEST(Merge, DropsDeadPassagesAndKeepsTheRest) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 3), document("d:b", 2)}, {}, 1), Succeeds());
  ASSERT_THAT(index.publish({document("d:a", 1, 2), document("d:0", 1)}, {}, 2), Succeeds());
  ASSERT_SUCCEEDS(const Content before, index.content());

  ASSERT_SUCCEEDS(const auto report,
                  index.writer().merge(IndexWriter::MergeScope::All, Interruption()));

  EXPECT_EQ(report.segments_before, 2U);
  EXPECT_EQ(report.segments_after, 1U);
  EXPECT_EQ(report.dead_passages_dropped, 3U);
  EXPECT_EQ(report.generation.dead_passages, 0U);
  EXPECT_EQ(report.generation.documents, 3U);
  ASSERT_SUCCEEDS(const Content after, index.content());
  EXPECT_EQ(after, before);
}

TEST(Merge, DoesNothingWhereThereIsNothingToGain) {
  const IndexFixture index;
  ASSERT_THAT(index.writer().merge(IndexWriter::MergeScope::All, Interruption()), Succeeds());
  ASSERT_THAT(index.publish({document("d:a", 3)}, {}, 1), Succeeds());

  ASSERT_SUCCEEDS(const auto all,
                  index.writer().merge(IndexWriter::MergeScope::All, Interruption()));
  ASSERT_SUCCEEDS(const auto due,
                  index.writer().merge(IndexWriter::MergeScope::WhenDue, Interruption()));

  EXPECT_EQ(all.generation.number, 1U);
  EXPECT_EQ(due.generation.number, 1U);
}

TEST(Merge, KeepsTheNumberOfSegmentsSmallOverManyPublishes) {
  const IndexFixture index;
  for (unsigned step = 1; step <= 20; ++step) {
    ASSERT_THAT(index.publish({document("d:" + std::to_string(step), 1)}, {}, step), Succeeds());
    ASSERT_SUCCEEDS(const auto report,
                    index.writer().merge(IndexWriter::MergeScope::WhenDue, Interruption()));
    EXPECT_LE(report.segments_after, 4U);
  }
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content.size(), 20U);
}

TEST(Merge, LeavesTheIndexAsItWasWhenInterrupted) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
  ASSERT_THAT(index.publish({document("d:b", 1)}, {}, 2), Succeeds());
  const ManualClock clock;

  EXPECT_THAT(
      index.writer().merge(IndexWriter::MergeScope::All, Interruption({}, clock, clock.now())),
      FailsWith(ErrorKind::Interrupted, HasSubstr("as it was")));

  ASSERT_SUCCEEDS(const auto summary, index.writer().current());
  EXPECT_EQ(summary.number, 2U);
  ASSERT_THAT(index.publish({document("d:c", 1)}, {}, 3), Succeeds());
  EXPECT_THAT(index.content(), Succeeds());
}

/// Document ids in the order of a vector search over all that is public.
Result<std::vector<std::string>> vector_ranking(const Snapshot& snapshot) {
  const std::vector<std::string> everyone{"public"};
  FRESHET_TRY(const PassageSet allowed, snapshot.allowed(everyone, std::nullopt));
  const std::vector<float> query{0.8F, 0.6F, 0, 0};
  std::vector<std::string> ranking;
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    FRESHET_TRY(const auto hits, segment.search(query, allowed, 100));
    for (const auto& hit : hits) {
      FRESHET_TRY(const auto passage, snapshot.passage(hit.number));
      ranking.push_back(passage.passage.text + " " + std::to_string(hit.cosine));
    }
  }
  return ranking;
}

Result<std::vector<std::string>> keyword_ranking(const Snapshot& snapshot) {
  FRESHET_TRY(const KeywordIndex keyword, KeywordIndex::open(snapshot.segment_directories(), {}));
  FRESHET_TRY(const auto matches, keyword.search("text heading title v2", snapshot.live(), 100));
  std::vector<std::string> ranking;
  for (const auto& hit : matches.hits) {
    FRESHET_TRY(const auto passage, snapshot.passage(hit.number));
    ranking.push_back(passage.passage.text + " " + std::to_string(hit.bm25));
  }
  return ranking;
}

TEST(Merge, OfAllGivesTheSameRankingWhateverTheHistory) {
  const IndexFixture straight;
  const IndexFixture winding;
  std::vector<IndexedDocument> documents;
  for (unsigned i = 0; i < 12; ++i)
    documents.push_back(document("d:" + std::to_string(i), 1 + i % 3, i));
  ASSERT_THAT(straight.publish(documents, {}, 1), Succeeds());
  ASSERT_THAT(winding.publish({document("d:3", 4, 99), document("d:zz", 2)}, {}, 1), Succeeds());
  std::uint64_t sequence = 2;
  for (auto at = documents.rbegin(); at != documents.rend(); ++at) {
    ASSERT_THAT(winding.publish({*at}, {"d:zz"}, sequence++), Succeeds());
  }
  ASSERT_THAT(straight.writer().merge(IndexWriter::MergeScope::All, Interruption()), Succeeds());
  ASSERT_THAT(winding.writer().merge(IndexWriter::MergeScope::All, Interruption()), Succeeds());

  ASSERT_SUCCEEDS(const auto one, straight.open());
  ASSERT_SUCCEEDS(const auto other, winding.open());
  ASSERT_SUCCEEDS(const auto vectors_of_one, vector_ranking(*one));
  ASSERT_SUCCEEDS(const auto vectors_of_other, vector_ranking(*other));
  ASSERT_SUCCEEDS(const auto words_of_one, keyword_ranking(*one));
  ASSERT_SUCCEEDS(const auto words_of_other, keyword_ranking(*other));

  EXPECT_EQ(vectors_of_one.size(), 24U);
  EXPECT_EQ(vectors_of_one, vectors_of_other);
  EXPECT_EQ(words_of_one, words_of_other);
}

}  // namespace
}  // namespace freshet::index
