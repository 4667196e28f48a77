#include "sources/http_api/reading/unread_records.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ArticleApi;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr hours kPastTheOverlap{24 * 3};

class UnreadRecordsTest : public testing::HttpApiConnectorTest {
 protected:
  UnreadRecordsTest() { manifest_ = ArticleApi::hydrating_manifest(); }

  [[nodiscard]] std::size_t asked_for(const std::string& id) const {
    return static_cast<std::size_t>(
        std::count(api_.asked.begin(), api_.asked.end(), "/api/articles/" + id));
  }
};

TEST_F(UnreadRecordsTest, AreReadOnceTheSourceLetsThem) {
  write_five();
  api_.refused["c"] = 403;
  ASSERT_SUCCEEDS(const auto first, sync());
  ASSERT_EQ(ids().size(), 4U);
  EXPECT_THAT(first.back().problems, Contains(HasSubstr("articles c: ")));
  api_.refused.clear();
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto second, sync());

  EXPECT_THAT(ids(), Contains("articles/c"));
  EXPECT_THAT(second.back().problems, IsEmpty());
  EXPECT_THAT(ledger_.cursor, HasSubstr(R"("unread":{})"));
}

TEST_F(UnreadRecordsTest, AreReadInAsManyBatchesAsTheyNeed) {
  write_five();
  for (const char* id : {"a", "b", "c"}) api_.refused[id] = 403;
  ASSERT_SUCCEEDS(const auto first, sync());
  ASSERT_EQ(ids().size(), 2U);
  api_.refused.clear();
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto batches, sync({.max_bytes = 1}));

  EXPECT_EQ(ids().size(), 5U);
  for (const Batch& batch : batches) EXPECT_LE(batch.changes.size(), 1U);
}

TEST_F(UnreadRecordsTest, KeepTheirFormerTextUntilThen) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.write("c", "new");
  api_.refused["c"] = 403;
  clock_.advance(hours(1));
  ASSERT_SUCCEEDS(const auto second, sync());
  ASSERT_EQ(ledger_.documents.at("articles/c").body, "<p>text of c</p>");
  api_.refused.clear();
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto third, sync());

  EXPECT_EQ(ledger_.documents.at("articles/c").body, "new");
}

TEST_F(UnreadRecordsTest, AreTriedLessAndLessOften) {
  write_five();
  api_.refused["c"] = 403;
  ASSERT_SUCCEEDS(const auto first, sync());
  clock_.advance(hours(1));  // Past the overlap of the listing.
  api_.asked.clear();

  for (int minute = 0; minute < 60; ++minute) {
    ASSERT_SUCCEEDS(const auto batches, sync());
    clock_.advance(minutes(1));
  }

  // Each try asks whether it is there, and then for it.
  EXPECT_GE(asked_for("c"), 8U);
  EXPECT_LE(asked_for("c"), 12U);
}

TEST_F(UnreadRecordsTest, DoNotHoldUpTheOthersWhereTheServerFailsAtOne) {
  write_five();
  api_.refused["c"] = 500;

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ids(), ElementsAre("articles/a", "articles/b", "articles/d", "articles/e"));
}

TEST_F(UnreadRecordsTest, AreNotThoseOfAnOutage) {
  api_.rows = 10;
  for (int i = 0; i < 30; ++i) {
    api_.write("n" + std::to_string(i), "text");
    api_.refused["n" + std::to_string(i)] = 503;
  }
  clock_.advance(hours(1));
  ASSERT_SUCCEEDS(const auto during, sync());
  EXPECT_THAT(ids(), IsEmpty());
  EXPECT_THAT(ledger_.cursor, HasSubstr(R"("unread":{})"));
  api_.refused.clear();
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto after, sync());

  EXPECT_EQ(ids().size(), 30U);
}

TEST_F(UnreadRecordsTest, StopTheStreamWhereTheyAreTooMany) {
  for (int i = 0; i < 300; ++i) {
    api_.write("n" + std::to_string(i), "text");
    api_.refused["n" + std::to_string(i)] = 403;
  }
  clock_.advance(hours(1));
  ASSERT_SUCCEEDS(const auto during, sync());
  EXPECT_THAT(during.back().problems, Contains(HasSubstr("200 records could not be read")));
  api_.refused.clear();
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto after, sync());

  EXPECT_EQ(ids().size(), 300U);
}

TEST_F(UnreadRecordsTest, AreReadEvenWhereTheListingStopsAtAnother) {
  for (int i = 0; i < 300; ++i) {
    api_.write("n" + std::to_string(i), "text");
    api_.refused["n" + std::to_string(i)] = 403;
  }
  clock_.advance(hours(1));
  ASSERT_SUCCEEDS(const auto during, sync());
  api_.refused = {{"n99", 403}};
  clock_.advance(kPastTheOverlap);

  ASSERT_SUCCEEDS(const auto after, sync());

  EXPECT_EQ(ids().size(), 299U);
}

TEST_F(UnreadRecordsTest, AreForgottenOnceACompleteListingLacksThem) {
  write_five();
  api_.refused["c"] = 403;
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.remove("c");
  clock_.advance(hours(25));

  ASSERT_SUCCEEDS(const auto second, sync());

  EXPECT_THAT(ledger_.cursor, HasSubstr(R"("unread":{})"));
}

TEST_F(UnreadRecordsTest, AreAlsoThoseWhoseAnswerIsOdd) {
  write_five();
  manifest_.insert(manifest_.find("    deletes:"),
                   "    children: {parts: {get: '/articles/${parent.id}', records: '.title[]'}}\n");

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(batches.back().problems, Contains(HasSubstr("articles e: ")));
  EXPECT_THAT(ledger_.cursor, HasSubstr(R"("unread":{"a":)"));
}

TEST_F(UnreadRecordsTest, AreNotWaitedForWhenEverythingIsReadAgain) {
  write_five();
  api_.refused["c"] = 403;
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.remove("c");

  ASSERT_SUCCEEDS(const auto second, sync({.mode = FetchMode::Full}));

  EXPECT_THAT(second.back().problems, IsEmpty());
  EXPECT_THAT(ledger_.cursor, HasSubstr(R"("unread":{})"));
}

}  // namespace
}  // namespace freshet::sources::http_api
