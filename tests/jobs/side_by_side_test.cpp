#include "jobs/side_by_side.h"

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace freshet::jobs {
namespace {

using std::chrono::milliseconds;

TEST(SideBySide, RunsEveryTaskOnceAndNeverMoreAtATimeThanAllowed) {
  std::vector<std::atomic<int>> runs(100);
  std::atomic<int> running{0};
  std::atomic<int> most{0};

  run_side_by_side(
      runs.size(), {.parallel = 3},
      [&](std::size_t i) {
        const int now = ++running;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
        ++runs[i];
        --running;
      },
      [] {});

  for (const auto& count : runs) EXPECT_EQ(count, 1);
  EXPECT_LE(most, 3);
}

TEST(SideBySide, RunsAsManyAtATimeAsAllowed) {
  std::latch all_here(4);

  run_side_by_side(
      4, {.parallel = 4}, [&](std::size_t) { all_here.arrive_and_wait(); }, [] {});
}

TEST(SideBySide, CallsMeanwhileOnTheCallersThreadWhileOneTaskHoldsUpTheRest) {
  std::latch served(1);
  const auto caller = std::this_thread::get_id();
  std::atomic<int> ended{0};

  run_side_by_side(
      5, {.parallel = 2, .patience = milliseconds{0}},
      [&](std::size_t i) {
        if (i == 0) served.wait();
        ++ended;
      },
      [&] {
        EXPECT_EQ(std::this_thread::get_id(), caller);
        if (ended == 4) served.count_down();
      });

  EXPECT_EQ(ended, 5);
}

TEST(SideBySide, DoesNotCallMeanwhileWhenNothingHasEnded) {
  int calls = 0;

  run_side_by_side(
      1, {.parallel = 4, .patience = milliseconds{0}}, [](std::size_t) {}, [&] { ++calls; });
  run_side_by_side(
      0, {}, [](std::size_t) {}, [&] { ++calls; });

  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace freshet::jobs
