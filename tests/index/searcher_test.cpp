#include "index/searcher.h"

#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/encoding/hashing_encoder.h"
#include "tests/index/segmented_snapshot.h"
#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::FailsWith;
using testing::FakeDocument;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::SegmentedSnapshot;
using ::testing::SizeIs;
using testing::Succeeds;
using testing::TemporaryDirectory;

const HashingEncoder& encoder() {
  static const HashingEncoder hashing("hashing-test", 64, 200);
  return hashing;
}

/// Two segments; "help:refund" has three passages.
std::shared_ptr<SegmentedSnapshot> help_center() {
  return SegmentedSnapshot::create(
      encoder(),
      {{{"help:refund",
         {"Refunds are paid within ten days.", "A refund goes to the card that paid.",
          "No refund is possible after a year."}},
        {"help:reset", {"The browser shows ERR_CONNECTION_RESET when the proxy is down."}}},
       {{"help:login", {"Reset your password on the sign-in page."}},
        {"help:plans", {"Plans are billed monthly or yearly."}}}});
}

class SearcherTest : public ::testing::Test {
 protected:
  Result<Answer> search(const Query& query) const { return searcher_.search(query, snapshot_); }
  Result<Answer> search_text(const std::string& text) const { return search({.text = text}); }

  static std::vector<std::string> ids(const Answer& answer) {
    std::vector<std::string> found;
    for (const Hit& hit : answer.hits) found.push_back(hit.id);
    return found;
  }

  TemporaryDirectory directory_;
  SnapshotSource source_{directory_.path()};
  std::shared_ptr<SegmentedSnapshot> snapshot_ = help_center();
  Searcher searcher_{source_, &encoder()};
  Searcher without_encoder_{source_, nullptr};
};

TEST_F(SearcherTest, AnswersFromOneGenerationWithBothLegs) {
  ASSERT_SUCCEEDS(const Answer answer, search_text("ERR_CONNECTION_RESET"));

  EXPECT_EQ(answer.generation, 7U);
  EXPECT_EQ(answer.published_at, "2026-11-19T23:58:00Z");
  ASSERT_FALSE(answer.hits.empty());
  EXPECT_EQ(answer.hits.front().id, "help:reset#0");
  EXPECT_EQ(answer.hits.front().passage.text,
            "The browser shows ERR_CONNECTION_RESET when the proxy is down.");
  EXPECT_EQ(answer.candidates, 6U);
  EXPECT_THAT(answer.degraded, IsEmpty());
  EXPECT_GT(answer.fusion.lambda, 0);
}

TEST_F(SearcherTest, GivesScoresAndRelevanceBetweenZeroAndOneBestFirst) {
  ASSERT_SUCCEEDS(const Answer answer, search_text("refund to my card"));

  double before = 1;
  for (const Hit& hit : answer.hits) {
    EXPECT_LE(hit.score, before);
    EXPECT_GE(hit.score, 0);
    EXPECT_GT(hit.relevance, 0);
    EXPECT_LT(hit.relevance, 1);
    before = hit.score;
  }
}

TEST_F(SearcherTest, ExplainsWithTheTrueScoreOfBothLegs) {
  Query query{.text = "refund card"};
  query.explain = Explain::Yes;

  ASSERT_SUCCEEDS(const Answer answer, search(query));

  ASSERT_FALSE(answer.hits.empty());
  const Hit& best = answer.hits.front();
  ASSERT_TRUE(best.explanation.has_value());
  EXPECT_EQ(best.id, "help:refund#1");
  EXPECT_EQ(best.explanation->keyword_rank, 1U);
  EXPECT_GT(best.explanation->bm25, 0);
  EXPECT_GT(best.explanation->cosine, 0);
  EXPECT_THAT(best.explanation->matched_terms, ::testing::UnorderedElementsAre("refund", "card"));
  EXPECT_NEAR(
      best.score,
      (best.explanation->keyword_part + best.explanation->vector_part) / (1 + answer.fusion.lambda),
      1e-12);
  EXPECT_EQ(answer.hits.back().explanation->bm25, 0);
  EXPECT_FALSE(answer.hits.back().explanation->keyword_rank.has_value());
}

TEST_F(SearcherTest, DoesNotExplainUnasked) {
  ASSERT_SUCCEEDS(const Answer answer, search_text("refund"));

  EXPECT_FALSE(answer.hits.front().explanation.has_value());
}

TEST_F(SearcherTest, ShowsOnlyWhatIsAllowed) {
  snapshot_->forbid("help:refund");

  ASSERT_SUCCEEDS(const Answer answer, search_text("refund"));

  EXPECT_THAT(answer.hits, SizeIs(3));
  for (const Hit& hit : answer.hits) EXPECT_NE(hit.document.id, "help:refund");
}

TEST_F(SearcherTest, GroupsByDocument) {
  Query query{.text = "refund"};
  query.group_by = GroupBy::Document;
  query.group_size = 2;
  query.top_k = 2;

  ASSERT_SUCCEEDS(const Answer answer, search(query));

  ASSERT_THAT(answer.hits, SizeIs(2));
  EXPECT_EQ(answer.hits[0].document.id, "help:refund");
  ASSERT_THAT(answer.hits[0].group, SizeIs(1));
  EXPECT_EQ(answer.hits[0].group[0].document.id, "help:refund");
  EXPECT_LE(answer.hits[0].group[0].score, answer.hits[0].score);
  EXPECT_NE(answer.hits[1].document.id, "help:refund");
}

TEST_F(SearcherTest, StopsAtTopK) {
  ASSERT_SUCCEEDS(const Answer answer, search({.text = "refund", .top_k = 2}));

  EXPECT_THAT(answer.hits, SizeIs(2));
  EXPECT_EQ(snapshot_->passages_read(), 2U);
}

TEST_F(SearcherTest, LeavesOutWhatIsNotRelevantEnough) {
  Query query{.text = "ERR_CONNECTION_RESET"};
  ASSERT_SUCCEEDS(const Answer all, search(query));
  query.min_relevance = all.hits.front().relevance;

  ASSERT_SUCCEEDS(const Answer answer, search(query));

  EXPECT_THAT(ids(answer), ElementsAre("help:reset#0"));
}

TEST_F(SearcherTest, AnswersOneLegAlone) {
  Query query{.text = "refund"};
  query.mode = SearchMode::Keyword;
  ASSERT_SUCCEEDS(const Answer keyword, search(query));
  query.mode = SearchMode::Vector;
  ASSERT_SUCCEEDS(const Answer vector, search(query));

  EXPECT_THAT(keyword.hits, SizeIs(3));
  EXPECT_EQ(keyword.hits.front().score, 1);
  EXPECT_THAT(vector.hits, SizeIs(6));
  EXPECT_THAT(keyword.degraded, IsEmpty());
  EXPECT_THAT(vector.degraded, IsEmpty());
}

TEST_F(SearcherTest, SaysThatTheVectorLegIsMissing) {
  for (const SearchMode mode : {SearchMode::Hybrid, SearchMode::Vector}) {
    Query query{.text = "refund"};
    query.mode = mode;

    ASSERT_SUCCEEDS(const Answer answer, without_encoder_.search(query, snapshot_));

    EXPECT_THAT(answer.degraded, ElementsAre("vector"));
    EXPECT_THAT(answer.hits, SizeIs(3));
  }
}

TEST_F(SearcherTest, NeverComparesVectorsOfAnotherEncoder) {
  const HashingEncoder other("hashing-other", 64, 200);
  const Searcher searcher(source_, &other);

  ASSERT_SUCCEEDS(const Answer answer, searcher.search({.text = "refund"}, snapshot_));

  EXPECT_THAT(answer.degraded, ElementsAre("vector"));
  EXPECT_THAT(answer.failures, Contains(HasSubstr("another encoder")));
  EXPECT_THAT(answer.notes, Contains(HasSubstr("the vector leg could not answer")));
}

TEST_F(SearcherTest, SaysThatTheKeywordLegFailed) {
  snapshot_->damage_keyword_files();

  ASSERT_SUCCEEDS(const Answer answer, search_text("refund"));

  EXPECT_THAT(answer.degraded, ElementsAre("keyword"));
  EXPECT_THAT(answer.hits, SizeIs(6));
}

TEST_F(SearcherTest, FailsWhenBothLegsFail) {
  snapshot_->damage_keyword_files();

  EXPECT_THAT(without_encoder_.search({.text = "refund"}, snapshot_),
              FailsWith(ErrorKind::Corrupt, HasSubstr("keyword.glass")));
}

TEST_F(SearcherTest, NeverServesAHoleForAnUnreadablePassage) {
  snapshot_->lose_passages();

  EXPECT_THAT(search_text("refund"), FailsWith(ErrorKind::Corrupt, HasSubstr("passage")));
}

TEST_F(SearcherTest, CutsLongQueriesOnACharacterAndSaysSo) {
  const std::string text = "refund " + std::string(kMaxQueryBytes - 8, 'x') + "\xE2\x82\xAC";

  ASSERT_SUCCEEDS(const Answer answer, search_text(text));

  EXPECT_THAT(answer.notes, Contains(HasSubstr("4096")));
  EXPECT_EQ(answer.hits.front().document.id, "help:refund");
}

TEST_F(SearcherTest, RefusesQueriesThatMeanNothing) {
  EXPECT_THAT(search_text(""), FailsWith(ErrorKind::Invalid, HasSubstr("empty")));
  EXPECT_THAT(search_text(" \t\n"), FailsWith(ErrorKind::Invalid, HasSubstr("empty")));
  EXPECT_THAT(search({.text = "x", .top_k = 0}), FailsWith(ErrorKind::Invalid, HasSubstr("top_k")));
  EXPECT_THAT(search({.text = "x", .top_k = 201}),
              FailsWith(ErrorKind::Invalid, HasSubstr("top_k")));
  Query query{.text = "x"};
  query.alpha = 1.5;
  EXPECT_THAT(search(query), FailsWith(ErrorKind::Invalid, HasSubstr("alpha")));
  query.alpha = 0.5;
  query.min_relevance = -1;
  EXPECT_THAT(search(query), FailsWith(ErrorKind::Invalid, HasSubstr("min_relevance")));
  query.min_relevance = 0;
  query.group_size = 0;
  EXPECT_THAT(search(query), FailsWith(ErrorKind::Invalid, HasSubstr("group_size")));
}

TEST_F(SearcherTest, FindsNothingInAnEmptyGeneration) {
  const auto empty = SegmentedSnapshot::create(encoder(), {});

  ASSERT_SUCCEEDS(const Answer answer, searcher_.search({.text = "refund"}, empty));

  EXPECT_THAT(answer.hits, IsEmpty());
}

TEST_F(SearcherTest, IsNotFoundBeforeTheFirstPublish) {
  EXPECT_THAT(searcher_.search({.text = "refund"}), FailsWith(ErrorKind::NotFound, HasSubstr("")));
}

TEST_F(SearcherTest, GivesEveryThreadTheSameAnswer) {
  ASSERT_SUCCEEDS(const Answer expected, search_text("refund card"));
  std::vector<std::vector<std::string>> answers(4);

  {
    std::vector<std::jthread> threads;
    for (auto& found : answers) {
      threads.emplace_back([this, &found] {
        for (int round = 0; round < 20; ++round) {
          const auto answer = search_text("refund card");
          if (answer) found = ids(*answer);
        }
      });
    }
  }

  EXPECT_THAT(answers, Each(ids(expected)));
}

}  // namespace
}  // namespace freshet::index
