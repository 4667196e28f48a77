#include "jobs/due.h"

#include <set>

#include <gtest/gtest.h>

namespace freshet::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant kNoon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + hours{12};
constexpr seconds kNoShift{0};

config::SourceSettings source(std::string schedule) {
  config::SourceSettings source;
  source.name = "docs";
  source.schedule = std::move(schedule);
  return source;
}

TEST(Due, ASourceThatWasNeverSyncedIsDue) {
  EXPECT_TRUE(is_due(source("@weekly"), {}, kNoShift, kNoon));
  EXPECT_TRUE(is_due(source(""), {}, kNoShift, kNoon));
}

TEST(Due, WithoutAScheduleItIsDueExactlyAnHourAfterTheLastSync) {
  EXPECT_FALSE(is_due(source(""), synced(kNoon), kNoShift, kNoon + hours{1} - seconds{1}));
  EXPECT_TRUE(is_due(source(""), synced(kNoon), kNoShift, kNoon + hours{1}));
}

TEST(Due, WithAScheduleItIsDueFromTheMinuteItComesUntilItIsSynced) {
  const auto docs = source("*/10 * * * *");

  EXPECT_FALSE(is_due(docs, synced(kNoon), kNoShift, kNoon + minutes{10} - seconds{1}));
  EXPECT_TRUE(is_due(docs, synced(kNoon), kNoShift, kNoon + minutes{10}));
  EXPECT_TRUE(is_due(docs, synced(kNoon), kNoShift, kNoon + hours{30}));
  EXPECT_FALSE(is_due(docs, synced(kNoon + minutes{10}), kNoShift, kNoon + minutes{11}));
}

TEST(Due, ScheduleThatCameDuringTheSyncIsNotLost) {
  const auto begun = kNoon + minutes{9} + seconds{58};

  EXPECT_TRUE(is_due(source("*/10 * * * *"), synced(begun), kNoShift, kNoon + minutes{12}));
}

TEST(Due, ShiftMovesEveryTurnAndLosesNone) {
  const auto docs = source("*/10 * * * *");
  const seconds shift = minutes{14};
  int turns = 0;
  SourceRecord record = synced(kNoon);

  for (Instant now = kNoon; now < kNoon + hours{10}; now += minutes{1}) {
    if (!is_due(docs, record, shift, now)) continue;
    EXPECT_EQ((now - kNoon) % minutes{10}, minutes{4});
    record = synced(now);
    ++turns;
  }

  EXPECT_EQ(turns, 60);
}

TEST(Due, ShiftStaysBelowTheJitterAndTellsSourcesAndInstallationsApart) {
  auto docs = source("@hourly");
  EXPECT_EQ(shift_of(docs, "one"), seconds{0});
  docs.jitter = minutes{5};
  std::set<seconds> shifts;

  for (int i = 0; i < 1000; ++i) {
    const auto shift = shift_of(docs, std::to_string(i));
    EXPECT_GE(shift, seconds{0});
    EXPECT_LE(shift, minutes{5});
    EXPECT_EQ(shift, shift_of(docs, std::to_string(i)));
    shifts.insert(shift);
  }

  EXPECT_GT(shifts.size(), 250U);
  auto other = docs;
  other.name = "other";
  EXPECT_NE(shift_of(docs, "1"), shift_of(other, "1"));
}

TEST(Due, AFailingSourceWaitsTwiceAsLongEachTimeUpToAnHour) {
  const auto docs = source("@weekly");
  SourceRecord record;

  for (const int wait : {1, 2, 4, 8, 16, 32, 60, 60}) {
    record = failed_again(record, kNoon);
    EXPECT_FALSE(is_due(docs, record, kNoShift, kNoon + minutes{wait} - seconds{1})) << wait;
    EXPECT_TRUE(is_due(docs, record, kNoShift, kNoon + minutes{wait})) << wait;
  }
}

TEST(Due, AFailingSourceIsTriedAtLeastAsOftenAsItsScheduleSays) {
  const SourceRecord record{.synced_at = kNoon - hours{20}, .failed_at = kNoon, .failures = 9};

  EXPECT_FALSE(is_due(source("*/10 * * * *"), record, kNoShift, kNoon + minutes{9}));
  EXPECT_TRUE(is_due(source("*/10 * * * *"), record, kNoShift, kNoon + minutes{10}));
}

TEST(Due, TimesThatHaveNotComeYetAreNotBelieved) {
  const SourceRecord later{
      .synced_at = kNoon + hours{1}, .failed_at = kNoon + hours{2}, .failures = 3};

  EXPECT_TRUE(is_due(source("@weekly"), later, kNoShift, kNoon));
}

}  // namespace
}  // namespace freshet::jobs
