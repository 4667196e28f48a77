#include "sources/http_api/transport/rate_budget.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/sources/http_api/support/connector_fixture.h"
#include "tests/support/temporary_directory.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using freshet::testing::ManualClock;
using freshet::testing::RecordingWaiter;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RateBudgetTest : public ::testing::Test {
 protected:
  /// As the next run of the source begins: with what is on disk alone.
  RateBudget next_run() { return {limits_, clock_, waiter_, RateFile(directory_.path())}; }

  static void spend(RateBudget budget, int requests, std::string_view path = "/articles") {
    for (int i = 0; i < requests; ++i) budget.spend(path, {});
  }

  /// How long one request of the next run waits.
  milliseconds wait_of_next_run(std::string_view path = "/articles") {
    const auto before = clock_.now();
    spend(next_run(), 1, path);
    return std::chrono::duration_cast<milliseconds>(clock_.now() - before);
  }

  [[nodiscard]] std::filesystem::path file() const { return directory_ / "rates.json"; }
  [[nodiscard]] std::string written() const {
    auto bytes = read_file(file());
    return bytes ? *std::move(bytes) : "";
  }

  ManualClock clock_;
  RecordingWaiter waiter_{clock_};
  freshet::testing::TemporaryDirectory directory_;
  std::vector<RateLimit> limits_{{"", 10, seconds(60)}};
};

TEST_F(RateBudgetTest, WaitsForWhatAnEarlierRunSpent) {
  spend(next_run(), 10);

  EXPECT_EQ(wait_of_next_run(), seconds(6));
}

TEST_F(RateBudgetTest, WaitsForNothingOnceTheLimitHasFilledAgain) {
  spend(next_run(), 10);
  clock_.advance(seconds(60));

  spend(next_run(), 10);

  EXPECT_THAT(waiter_.waits(), IsEmpty());
}

TEST_F(RateBudgetTest, FillsWhileNobodyRuns) {
  spend(next_run(), 10);
  clock_.advance(seconds(30));

  spend(next_run(), 6);

  EXPECT_THAT(waiter_.waits(), ElementsAre(seconds(6)));
}

TEST_F(RateBudgetTest, RemembersEachLimitByItself) {
  limits_ = {{"/search*", 2, seconds(60)}, {"/articles", 4, seconds(60)}};
  spend(next_run(), 2, "/search/all");

  EXPECT_EQ(wait_of_next_run("/articles"), seconds(0));
  EXPECT_EQ(wait_of_next_run("/search/all"), seconds(30));
}

TEST_F(RateBudgetTest, KeepsTheShareOfALimitThatWasChanged) {
  spend(next_run(), 10);
  limits_.front().max = 20;

  EXPECT_EQ(wait_of_next_run(), seconds(3));
}

TEST_F(RateBudgetTest, StartsFullUnderALimitOfAnotherWindow) {
  spend(next_run(), 10);
  limits_.front().per = minutes(2);

  EXPECT_EQ(wait_of_next_run(), seconds(0));
}

TEST_F(RateBudgetTest, LosesLessThanAQuarterOfALimitWhereverARunIsKilled) {
  limits_.front() = {"", 100, seconds(60)};
  for (const int spent : {1, 24, 25, 60, 99, 100}) {
    std::filesystem::remove(file());
    spend(next_run(), spent);

    const RateMemory memory = RateFile(directory_.path()).load(clock_.now());

    const auto full = memory.spent.empty() ? clock_.now() : memory.spent.front().full;
    const auto lost = clock_.now() + spent * milliseconds(600) - full;
    EXPECT_LT(lost, seconds(15)) << spent;
    if (spent == 100) {
      EXPECT_LT(lost, seconds(3));
    }
  }
}

TEST_F(RateBudgetTest, WritesNothingForAFewRequests) {
  limits_ = {{"", 180, seconds(60)}, {"", 5, seconds(1)}};

  spend(next_run(), 10);

  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(RateBudgetTest, IsWrittenSeldomWhileALimitStaysUsedUp) {
  limits_.front() = {"", 600, seconds(60)};
  RateBudget budget = next_run();
  for (int i = 0; i < 600; ++i) budget.spend("/articles", {});

  int writes = 0;
  std::string last = written();
  for (int i = 0; i < 600; ++i) {
    budget.spend("/articles", {});
    if (written() == last) continue;
    ++writes;
    last = written();
  }

  EXPECT_LE(writes, 20);
}

TEST_F(RateBudgetTest, HoldsAPauseOverARestart) {
  next_run().pause(clock_.now() + seconds(90));
  clock_.advance(seconds(20));

  EXPECT_EQ(wait_of_next_run(), seconds(70));
}

TEST_F(RateBudgetTest, GoesOnWithoutAFileThatIsDamaged) {
  spend(next_run(), 10);
  const std::string whole = written();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    directory_.write("rates.json", whole.substr(0, length));
    EXPECT_EQ(wait_of_next_run(), seconds(0)) << whole.substr(0, length);
  }
  for (const char* strange : {"[]", "null", R"({"limits": 7})", R"({"written": "soon"})",
                              R"({"written": "2026-11-20T00:00:00Z", "paused_until": 5})"}) {
    directory_.write("rates.json", strange);
    EXPECT_EQ(wait_of_next_run(), seconds(0)) << strange;
  }
}

TEST_F(RateBudgetTest, IgnoresAFileFromTheFuture) {
  RateBudget earlier = next_run();
  spend(earlier, 10);
  earlier.pause(clock_.now() + minutes(4));
  clock_.advance(hours(-1));

  EXPECT_EQ(wait_of_next_run(), seconds(0));
}

TEST_F(RateBudgetTest, NeverWaitsLongerThanTheWindowForWhatAFileSays) {
  directory_.write("rates.json",
                   R"({"written": "2026-11-19T00:00:00Z", "paused_until": "1970-01-01T00:00:00Z",
                       "limits": [{"match": "", "per_ms": 60000, "full": "2099-01-01T00:00:00Z"}]})");

  EXPECT_LE(wait_of_next_run(), seconds(6));
}

TEST_F(RateBudgetTest, NeverPausesLongerThanOneAnswerMayAsk) {
  directory_.write("rates.json", R"({"written": "2026-11-19T00:00:00Z", "limits": [],
                                     "paused_until": "2099-01-01T00:00:00Z"})");

  EXPECT_EQ(next_run().paused_until(), clock_.now() + hours(1));
}

TEST_F(RateBudgetTest, KeepsNothingWithoutADirectory) {
  spend({limits_, clock_, waiter_, RateFile({})}, 10);
  spend({limits_, clock_, waiter_, RateFile({})}, 10);

  EXPECT_THAT(waiter_.waits(), IsEmpty());
}

TEST_F(RateBudgetTest, GoesOnWhereNothingCanBeWritten) {
  const auto blocked = directory_.write("blocked", "");

  spend({limits_, clock_, waiter_, RateFile(blocked)}, 11);

  EXPECT_THAT(waiter_.waits(), ElementsAre(seconds(6)));
}

/// The same through a connector, sync by sync.
class RatesAcrossSyncs : public testing::HttpApiConnectorTest {
 protected:
  RatesAcrossSyncs() { api_settings().state_directory = directory_ / "helpdesk"; }

  void limit(const std::string& limits) {
    manifest_.insert(manifest_.find("streams:"), "limits: [" + limits + "]\n");
  }
  [[nodiscard]] bool is_written() const {
    return std::filesystem::exists(directory_ / "helpdesk/rates.json");
  }

  freshet::testing::TemporaryDirectory directory_;
};

TEST_F(RatesAcrossSyncs, AnotherConnectorWaitsForWhatTheFirstSpent) {
  limit("{max: 3, per: 1h}");
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());
  ASSERT_EQ(api_.asked.size(), 3U);
  ASSERT_THAT(waiter_.waits(), IsEmpty());

  ASSERT_SUCCEEDS(const auto second, sync());

  EXPECT_THAT(waiter_.waits(), ::testing::Each(minutes(20)));
  EXPECT_EQ(waiter_.waits().size(), api_.asked.size() - 3);
}

TEST_F(RatesAcrossSyncs, RetryAfterHoldsForAnotherConnector) {
  write_five();
  for (int i = 0; i < 5; ++i) api_.next.push_back({429, {{"retry-after", "200"}}, ""});
  ASSERT_THAT(sync(), FailsWith(ErrorKind::Unavailable, HasSubstr("429")));
  const auto failed = clock_.now();
  const auto asked = api_.asked.size();
  clock_.advance(seconds(50));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_EQ(clock_.now(), failed + seconds(200));
  EXPECT_GT(api_.asked.size(), asked);
  EXPECT_EQ(ids().size(), 5U);
}

TEST_F(RatesAcrossSyncs, ASourceThatAsksForMoreThanARunWaitsIsLeftAlone) {
  write_five();
  api_.next.push_back({429, {{"retry-after", "1800"}}, ""});
  ASSERT_THAT(sync(), FailsWith(ErrorKind::Unavailable, HasSubstr("429")));
  clock_.advance(minutes(1));

  EXPECT_THAT(sync(), FailsWith(ErrorKind::Unavailable,
                                HasSubstr("asked to be left alone until 2026-11-20T01:30:00Z")));
  EXPECT_EQ(api_.asked.size(), 1U);
  EXPECT_THAT(waiter_.waits(), IsEmpty());
}

TEST_F(RatesAcrossSyncs, ASourceThatWasLeftAloneIsAskedAgainWhenItsTimeIsOver) {
  write_five();
  api_.next.push_back({429, {{"retry-after", "1800"}}, ""});
  ASSERT_THAT(sync(), FailsWith(ErrorKind::Unavailable, HasSubstr("429")));
  clock_.advance(minutes(30));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_EQ(ids().size(), 5U);
}

TEST_F(RatesAcrossSyncs, APausedSourceIsNotAskedBeforeItsHeadersAllow) {
  manifest_.insert(manifest_.find("streams:"), "on: [{status: 429, do: pause_source}]\n");
  write_five();
  api_.next.push_back({429, {{"retry-after", "120"}}, ""});
  ASSERT_THAT(sync(), FailsWith(ErrorKind::Exhausted, HasSubstr("429")));

  ASSERT_SUCCEEDS(const auto batches, sync());

  EXPECT_THAT(waiter_.waits(), ElementsAre(seconds(120)));
}

TEST_F(RatesAcrossSyncs, ASyncWithoutNewsWritesNothing) {
  limit("{max: 120, per: 60s}");
  write_five();
  ASSERT_SUCCEEDS(const auto first, sync());

  ASSERT_SUCCEEDS(const auto second, sync());

  EXPECT_FALSE(is_written());
}

}  // namespace
}  // namespace freshet::sources::http_api
