#include "index/encoding/rate_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"
#include "tests/support/recording_waiter.h"

namespace freshet::index {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RateLimit, SpacesRequestsEvenly) {
  testing::ManualClock clock;
  testing::RecordingWaiter waiter(clock);
  RateLimit limit(30, clock, waiter);

  for (int i = 0; i < 3; ++i) limit.pass(Interruption{});

  EXPECT_THAT(waiter.waits(), ElementsAre(seconds(2), seconds(2)));
}

TEST(RateLimit, DoesNotSaveUpUnusedTurns) {
  testing::ManualClock clock;
  testing::RecordingWaiter waiter(clock);
  RateLimit limit(60, clock, waiter);
  limit.pass(Interruption{});
  clock.advance(seconds(100));

  limit.pass(Interruption{});
  limit.pass(Interruption{});

  EXPECT_THAT(waiter.waits(), ElementsAre(seconds(1)));
}

TEST(RateLimit, LetsEverythingThroughWithoutALimit) {
  testing::ManualClock clock;
  testing::RecordingWaiter waiter(clock);
  RateLimit limit(0, clock, waiter);

  for (int i = 0; i < 100; ++i) limit.pass(Interruption{});

  EXPECT_THAT(waiter.waits(), IsEmpty());
}

}  // namespace
}  // namespace freshet::index
