#include "sources/http_api/http_api_connector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/http_api/support/connector_fixture.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ArticleApi;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HttpApiConnectorTest;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(HttpApiConnectorTest, ReadsEveryPageOfAListing) {
  write_five();

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ids(),
              ElementsAre("articles/a", "articles/b", "articles/c", "articles/d", "articles/e"));
  const Document& document = ledger_.documents.at("articles/c");
  EXPECT_EQ(document.title, "Title of c");
  EXPECT_EQ(document.body, "<p>text of c</p>");
  EXPECT_EQ(document.media_type, "text/html");
  EXPECT_EQ(document.url, "https://help.example/c");
  EXPECT_THAT(document.allow, ElementsAre("public"));
  EXPECT_TRUE(batches.back().complete);
}

TEST_F(HttpApiConnectorTest, ReadsOnAfterAPageFromWhichTheServerLeftOutRows) {
  write_five();
  api_.hidden = {"c"};
  manifest_.replace(manifest_.find(", total: .total"), 15, "");
  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_THAT(ids(), ElementsAre("articles/a", "articles/b", "articles/d", "articles/e"));
}

TEST_F(HttpApiConnectorTest, KnowsTheEndOfAListingFromAHeader) {
  write_five();
  manifest_.replace(manifest_.find(".total}"), 6, "{header: X-Total}");
  ASSERT_SUCCEEDS(const auto batches, sync());
  EXPECT_EQ(ids().size(), 5U);
  EXPECT_EQ(api_.asked.size(), 3U);
}

TEST_F(HttpApiConnectorTest, GoesOnBehindAPageOfHiddenRowsWhileTheTotalHasMore) {
  manifest_.replace(manifest_.find("total: .total"), 13,
                    "total: {header: X-Total}, size: {query: rows, value: 2}");
  clock_.advance(hours(1));
  const std::map<std::string, std::string> six = {{"x-total", "6"}};
  api_.next = {{200, six, R"({"articles": [{"id": "a"}]})"},
               {200, six, R"({"articles": []})"},
               {200, six, R"({"articles": [{"id": "b"}, {"id": "c"}]})"},
               {200, six, R"({"articles": []})"}};

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ids(), ElementsAre("articles/a", "articles/b", "articles/c"));
  EXPECT_EQ(api_.asked.size(), 4U);
}

TEST_F(HttpApiConnectorTest, ReturnsTheSameCursorAfterTwoRequestsWhenNothingChanged) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  const std::string cursor = ledger_.cursor;
  api_.asked.clear();
  clock_.advance(minutes(10));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(sources::testing::changes_of(batches), IsEmpty());
  EXPECT_EQ(ledger_.cursor, cursor);
  EXPECT_LE(api_.asked.size(), 3U);
}

TEST_F(HttpApiConnectorTest, SeesASecondChangeWithinTheSecondOfTheFirst) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.write("c", "one");
  ASSERT_SUCCEEDS(const auto second, sync());
  api_.write("c", "two");
  clock_.advance(seconds(1));

  ASSERT_SUCCEEDS(const auto third, sync());

  EXPECT_EQ(ledger_.documents.at("articles/c").body, "two");
}

TEST_F(HttpApiConnectorTest, AsksForAnAbsentRecordByIdBeforeItIsDeleted) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.remove("b");
  clock_.advance(hours(25));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ids(), ElementsAre("articles/a", "articles/c", "articles/d", "articles/e"));
}

TEST_F(HttpApiConnectorTest, JudgesAnAbsentRecordByTheConfigurationOfTheSource) {
  manifest_.replace(manifest_.find("    records:"), 0, "    where: .open == true\n");
  const std::string probe = "probe: {get: '/articles/${rec.id}'";
  manifest_.replace(manifest_.find(probe), probe.size(),
                    probe + ", gone: '$config.since != null and .open == false'");
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  api_.write("b", "text", false);
  clock_.advance(hours(25));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ids(), ElementsAre("articles/a", "articles/c", "articles/d", "articles/e"));
}

TEST_F(HttpApiConnectorTest, DeletesNothingWhenTheListingIsSuddenlyEmpty) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  clock_.advance(hours(25));
  for (int i = 0; i < 3; ++i) api_.next.push_back({200, {}, R"({"articles": [], "total": 0})"});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_EQ(ids().size(), 5U);
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("nothing was deleted")));
  EXPECT_FALSE(batches.back().complete);
}

TEST_F(HttpApiConnectorTest, SaysThatALoginPageIsOne) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  for (int i = 0; i < 10; ++i) {
    api_.next.push_back(
        {200, {{"content-type", "text/html"}}, "<html><form>password</form></html>"});
  }

  EXPECT_THAT(sync(), FailsWith(ErrorKind::Denied, HasSubstr("web page instead of JSON")));
  EXPECT_EQ(ids().size(), 5U);
}

TEST_F(HttpApiConnectorTest, WaitsAsLongAsItIsAskedTo) {
  write_five();
  api_.next.push_back({429, {{"retry-after", "17"}}, ""});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_EQ(ids().size(), 5U);
  ASSERT_FALSE(waiter_.waits().empty());
  EXPECT_EQ(waiter_.waits().front(), seconds(17));
}

TEST_F(HttpApiConnectorTest, WaitsAfterAFailureOnlyForALimitThatIsUsedUp) {
  write_five();
  api_.next.push_back(
      {502, {{"x-ratelimit-remaining", "4999"}, {"x-ratelimit-reset", "200"}}, "{}"});
  api_.next.push_back({502, {{"x-ratelimit-remaining", "0"}, {"x-ratelimit-reset", "200"}}, "{}"});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(waiter_.waits(), ElementsAre(milliseconds(500), seconds(200)));
}

TEST_F(HttpApiConnectorTest, TriesAFailureAgainSoonerThanItAsksWhereItAsksForTooMuch) {
  write_five();
  api_.next.push_back({500, {{"retry-after", "3600"}}, "{}"});

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(waiter_.waits(), ElementsAre(milliseconds(500)));
}

TEST_F(HttpApiConnectorTest, GivesUpOnARefusalWithTheKindOfIt) {
  write_five();
  for (int i = 0; i < 10; ++i) api_.next.push_back({403, {}, "{}"});

  EXPECT_THAT(sync(), FailsWith(ErrorKind::Denied, HasSubstr("no permission")));
}

TEST_F(HttpApiConnectorTest, SendsTheTokenToItsOwnOriginOnly) {
  write_five();
  api_.next.push_back({302, {{"location", "https://evil.example/api/articles"}}, ""});

  EXPECT_THAT(sync(), FailsWith(ErrorKind::Refused, HasSubstr("evil.example")));
  ASSERT_EQ(api_.requests.size(), 1U);
  EXPECT_THAT(
      api_.requests.front().headers,
      ::testing::Contains(std::pair<std::string, std::string>("Authorization", "Bearer s3cret")));
}

TEST_F(HttpApiConnectorTest, ShowsNobodyWhatNoRuleOpens) {
  api_.write("a", "text", false);
  clock_.advance(hours(1));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(ledger_.documents.at("articles/a").allow, ElementsAre("internal"));
}

TEST_F(HttpApiConnectorTest, ReadsEverythingAgainUnderAnotherManifest) {
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  const auto manifest = ArticleApi::manifest() + "\n# another version\n";

  ASSERT_SUCCEEDS(const auto connector, connect(manifest));
  ASSERT_SUCCEEDS(const auto batches, sources::testing::sync(*connector, ledger_));

  EXPECT_EQ(sources::testing::changes_of(batches).size(), 5U);
}

TEST_F(HttpApiConnectorTest, GoesOnAfterEveryPageWithAnotherProcess) {
  write_five();
  for (int i = 0; i < 20; ++i) {
    ASSERT_SUCCEEDS(const auto connector, connect());
    ASSERT_SUCCEEDS(const auto batch,
                    sources::testing::fetch(*connector, ledger_, {.max_documents = 1}));
    ledger_.store(batch);
    if (!batch.more) break;
  }

  EXPECT_EQ(ids().size(), 5U);
}

TEST_F(HttpApiConnectorTest, NamesEveryOptionThatDoesNotFit) {
  api_settings().config.erase("token");
  api_settings().config["sinse"].texts = {"2024-01-01"};

  EXPECT_THAT(connect(),
              FailsWith(ErrorKind::Invalid, ::testing::AllOf(HasSubstr("config.token is missing"),
                                                             HasSubstr("did you mean since?"))));
}

TEST_F(HttpApiConnectorTest, SaysWhereAManifestIsWrong) {
  auto manifest = ArticleApi::manifest();
  manifest.replace(manifest.find("records:"), 8, "recrods:");

  EXPECT_THAT(connect(manifest), FailsWith(ErrorKind::Invalid, HasSubstr("did you mean records?")));
}

}  // namespace
}  // namespace freshet::sources::http_api
