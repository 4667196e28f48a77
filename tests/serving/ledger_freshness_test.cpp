#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::serving {
namespace {

using pipeline::LedgerAccess;
using testing::exchange;
using testing::request_text;
using testing::TestServer;

constexpr std::string_view kRefunds = "/v1/documents/docs%3Arefunds%2Fcards.md";

/// A server over a real ledger that holds the one document of the fake snapshot.
class LedgerFreshness : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        pipeline::open_sqlite_ledger(directory_.path(), server_.clock, LedgerAccess::ReadWrite);
    ASSERT_THAT(opened, ::freshet::testing::Succeeds());
    ledger_ = *std::move(opened);
    sources::Change change;
    change.external_id = "refunds/cards.md";
    change.document.external_id = change.external_id;
    change.document.version = "1";
    change.document.body = "# Refunds";
    change.document.allow = {"public"};
    sources::Batch batch;
    batch.changes = {change};
    batch.next_cursor = "c1";
    ASSERT_THAT(ledger_->store("docs", batch), ::freshet::testing::Succeeds());
    server_.open_ledger = [this] {
      return pipeline::open_sqlite_ledger(directory_.path(), server_.clock, LedgerAccess::ReadOnly);
    };
  }

  ::freshet::testing::TemporaryDirectory directory_;
  TestServer server_;
  std::unique_ptr<pipeline::Ledger> ledger_;
};

TEST_F(LedgerFreshness, ADocumentSaysSinceWhenItIsKnown) {
  server_.start();

  ASSERT_SUCCEEDS(const Json body,
                  parse_json(exchange(server_.port(), request_text("GET", kRefunds)).body));

  EXPECT_EQ(body["freshness"]["first_seen_at"], "2026-11-20T00:00:00Z");
  EXPECT_EQ(body["freshness"]["changed_at"], "2026-11-20T00:00:00Z");
}

TEST_F(LedgerFreshness, ATakedownHidesADocumentThatTheIndexStillHolds) {
  server_.start();
  EXPECT_EQ(exchange(server_.port(), request_text("GET", kRefunds)).status, 200);

  ASSERT_THAT(ledger_->forget("docs:refunds/cards.md", "asked to"), ::freshet::testing::Succeeds());

  EXPECT_EQ(exchange(server_.port(), request_text("GET", kRefunds)).status, 404);
}

TEST_F(LedgerFreshness, TheStatusCountsDocumentsAndListsRuns) {
  ASSERT_SUCCEEDS(const auto run, ledger_->begin_run("sync", "docs"));
  pipeline::RunOutcome outcome;
  outcome.status = pipeline::RunStatus::CompletedWithErrors;
  outcome.errors = {"a.md: unreadable"};
  outcome.counts = {{"added", 1}};
  ASSERT_THAT(ledger_->finish_run(run, outcome), ::freshet::testing::Succeeds());
  server_.start();

  ASSERT_SUCCEEDS(const Json body,
                  parse_json(exchange(server_.port(), request_text("GET", "/v1/status")).body));

  const auto& ledger = body["ledger"];
  EXPECT_EQ(ledger["available"], true) << ledger.dump();
  EXPECT_EQ(ledger["last_sequence"], 1);
  EXPECT_EQ(ledger["sources"], Json::array({{{"name", "docs"}, {"documents", 1}}}));
  ASSERT_EQ(ledger["runs"].size(), 1U);
  EXPECT_EQ(ledger["runs"][0]["status"], "completed_with_errors");
  EXPECT_EQ(ledger["runs"][0]["error_count"], 1);
  EXPECT_EQ(ledger["runs"][0]["counts"]["added"], 1);
}

}  // namespace
}  // namespace freshet::serving
