#include "jobs/phases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"

namespace freshet::jobs {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(Phases, GiveEveryMomentToOnePhaseInTheOrderOfFirstEntry) {
  testing::ManualClock clock;
  Phases phases(clock, "configure");
  clock.advance(std::chrono::milliseconds(3));
  phases.enter("pull");
  clock.advance(std::chrono::microseconds(1500));
  phases.enter("configure");
  clock.advance(std::chrono::milliseconds(4));

  EXPECT_THAT(phases.timings(), ElementsAre(Pair("configure", 7.0), Pair("pull", 1.5)));
}

}  // namespace
}  // namespace freshet::jobs
