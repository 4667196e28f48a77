#include "pipeline/pull.h"

#include <stop_token>

#include "tests/pipeline/ledger/ledger_fixture.h"
#include "tests/pipeline/scripted_connector.h"

namespace freshet::testing {
namespace {

using pipeline::PullOptions;
using pipeline::PullReport;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Pull : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        pipeline::open_sqlite_ledger(directory_.path(), clock_, pipeline::LedgerAccess::ReadWrite);
    ASSERT_THAT(opened, Succeeds());
    ledger_ = *std::move(opened);
  }

  Result<PullReport> pull() {
    return pipeline::pull("docs", connector_, *ledger_, options_, interruption_);
  }
  std::string cursor() { return *ledger_->cursor("docs"); }
  std::uint64_t live() { return *ledger_->live_count("docs"); }

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::unique_ptr<pipeline::Ledger> ledger_;
  ScriptedConnector connector_;
  PullOptions options_;
  Interruption interruption_;
};

sources::Batch more(sources::Batch batch) {
  batch.more = true;
  return batch;
}

TEST_F(Pull, ReadsUntilTheSourceHasNothingMoreAndAddsTheBatchesUp) {
  sources::Batch first = more(batch_of({upsert("a", "1"), upsert("b", "2")}, "c1"));
  first.skipped = {{"lfs_pointer", 2}};
  first.problems = {"one"};
  sources::Batch last = batch_of({upsert("a", "3")}, "c2");
  last.skipped = {{"lfs_pointer", 1}, {"too_large", 1}};
  last.complete = true;
  connector_.then(first);
  connector_.then(last);
  std::vector<std::uint64_t> told;
  options_.progress = [&](const PullReport& report) { told.push_back(report.batches); };

  ASSERT_SUCCEEDS(const PullReport report, pull());

  EXPECT_EQ(report.stored.added, 2U);
  EXPECT_EQ(report.stored.updated, 1U);
  EXPECT_EQ(report.stored.last_sequence, 3U);
  EXPECT_EQ(report.skipped, (sources::SkippedCounts{{"lfs_pointer", 3}, {"too_large", 1}}));
  EXPECT_THAT(report.problems, ElementsAre("one"));
  EXPECT_TRUE(report.complete);
  EXPECT_THAT(told, ElementsAre(1U, 2U));
  EXPECT_THAT(connector_.cursors(), ElementsAre("", "c1"));
  EXPECT_EQ(cursor(), "c2");
}

TEST_F(Pull, KeepsWhatItHasWhenALaterFetchFails) {
  connector_.then(more(batch_of({upsert("a", "1")}, "c1")));
  connector_.then_fail({ErrorKind::Unavailable, "connection refused"});

  EXPECT_THAT(pull(), FailsWith(ErrorKind::Unavailable,
                                AllOf(HasSubstr("docs"), HasSubstr("connection refused"))));

  EXPECT_EQ(cursor(), "c1");
  EXPECT_EQ(live(), 1U);
}

TEST_F(Pull, AppliesNothingOfABatchThatDeletesTooMuch) {
  options_.guard = {.max_fraction = 0.3, .max_count = 1};
  connector_.then(batch_of({upsert("a", "1"), upsert("b", "2"), upsert("c", "3")}, "c1"));
  ASSERT_THAT(pull(), Succeeds());
  sources::Batch purge = batch_of({upsert("d", "4"), removal("a"), removal("b")}, "c2");
  purge.complete = true;
  connector_.then(purge);

  EXPECT_THAT(pull(), FailsWith(ErrorKind::Refused, AllOf(HasSubstr("docs"), HasSubstr("2 of 3"))));

  EXPECT_EQ(cursor(), "c1");
  EXPECT_EQ(live(), 3U);
  EXPECT_THAT(ledger_->document("docs:d"), Succeeds());
  EXPECT_FALSE((*ledger_->document("docs:d")).has_value());
}

TEST_F(Pull, StopsBetweenBatchesWhenInterruptedAndGoesOnFromThere) {
  std::stop_source stop;
  interruption_ = Interruption(stop.get_token(), clock_, std::nullopt);
  connector_.then_do([&](const sources::FetchRequest&) -> Result<sources::Batch> {
    stop.request_stop();
    return more(batch_of({upsert("a", "1")}, "c1"));
  });

  EXPECT_THAT(pull(), FailsWith(ErrorKind::Interrupted, HasSubstr("docs")));

  EXPECT_EQ(live(), 1U);
  interruption_ = Interruption();
  connector_.then(batch_of({upsert("b", "2")}, "c2"));
  ASSERT_THAT(pull(), Succeeds());
  EXPECT_THAT(connector_.cursors(), ElementsAre("", "c1"));
  EXPECT_EQ(live(), 2U);
}

TEST_F(Pull, StopsAtTheDeadlineExactly) {
  interruption_ = Interruption({}, clock_, clock_.now());

  EXPECT_THAT(pull(), FailsWith(ErrorKind::Interrupted, HasSubstr("docs")));

  EXPECT_TRUE(connector_.cursors().empty());
}

TEST_F(Pull, KeepsTheOldCursorWhenTheLedgerCannotCommit) {
  connector_.then(batch_of({upsert("a", "1")}, "c1"));
  ASSERT_THAT(pull(), Succeeds());
  ledger_.reset();
  ASSERT_SUCCEEDS(ledger_, pipeline::open_sqlite_ledger(directory_.path(), clock_,
                                                        pipeline::LedgerAccess::ReadOnly));
  connector_.then(batch_of({upsert("b", "2")}, "c2"));

  EXPECT_THAT(pull(), FailsWith(ErrorKind::Denied, HasSubstr("docs")));

  EXPECT_EQ(cursor(), "c1");
  EXPECT_EQ(live(), 1U);
}

TEST_F(Pull, ShowsTheConnectorWhatTheLedgerKnows) {
  connector_.then(more(batch_of({upsert("b", "2"), upsert("a", "1")}, "c1")));
  std::vector<std::string> known;
  connector_.then_do([&](const sources::FetchRequest& request) -> Result<sources::Batch> {
    FRESHET_TRY(const auto documents, request.known.after("", 10));
    for (const auto& document : documents) known.push_back(document.external_id);
    return batch_of({}, "c1");
  });

  ASSERT_THAT(pull(), Succeeds());

  EXPECT_THAT(known, ElementsAre("a", "b"));
}

}  // namespace
}  // namespace freshet::testing
