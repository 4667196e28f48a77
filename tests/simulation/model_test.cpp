#include "tests/simulation/model.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/schedule.h"

namespace freshet::simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(World, ShowsAChangeByIdAtOnceAndInTheIndexAfterTheDelay) {
  World world(1, {.mean_seconds = 2, .slow_share = 1});

  const Id id = world.create({});
  ASSERT_NE(world.find(id), nullptr);
  EXPECT_TRUE(world.index().empty());
  world.advance(seconds{9});
  EXPECT_TRUE(world.index().empty());
  world.advance(seconds{82});
  EXPECT_EQ(world.index().at(id)->version, 1);
}

TEST(World, NeverIndexesAnOlderVersionAfterANewerOne) {
  World world(2);
  const Id id = world.create({});
  int last = 0;

  for (int i = 0; i < 500; ++i) {
    world.edit(id);
    world.advance(milliseconds{200});
    const auto found = world.index().find(id);
    const int version = found == world.index().end() ? 0 : found->second->version;
    EXPECT_GE(version, last);
    last = version;
  }
}

TEST(World, DelaysAboutTwoSecondsAndOneInFiftyMuchLonger) {
  World world(3);
  for (int i = 0; i < 5000; ++i) world.create({});

  world.advance(seconds{9});

  EXPECT_NEAR(static_cast<double>(world.index().size()) / 5000, 0.97, 0.01);
  world.advance(seconds{81});
  EXPECT_EQ(world.index().size(), 5000U);
}

TEST(World, TellsTheTruthAboutTextsAndAccess) {
  World world(4);
  const Id id = world.create({.kind = Kind::Issue, .access = Access::Group, .group = 701});
  world.comment(id, Audience::Everyone);
  world.comment(id, Audience::Staff);
  world.edit(id);

  const auto truth = world.truth();

  ASSERT_EQ(truth.size(), 1U);
  EXPECT_EQ(truth[0].version_marker, "VER-1001-2");
  EXPECT_THAT(truth[0].public_markers, ElementsAre("PUB-4", "PUB-2"));
  EXPECT_THAT(truth[0].internal_markers, ElementsAre("INT-3"));
  EXPECT_EQ(truth[0].access, Access::Group);
  EXPECT_THAT(truth[0].groups, ElementsAre(701));
}

TEST(World, InheritsTheRestrictionsOfAncestors) {
  World world(5);
  const Id root = world.create({.kind = Kind::Page, .access = Access::Group, .group = 701});
  const Id middle = world.create({.kind = Kind::Page, .parent = root});
  const Id leaf =
      world.create({.kind = Kind::Page, .access = Access::Group, .group = 702, .parent = middle});

  EXPECT_THAT(world.truth_of(*world.find(leaf)).groups, ElementsAre(701, 702));
  world.trash(middle);
  EXPECT_EQ(world.find(leaf)->parent, root);
  world.permit(root, Access::Hidden);
  EXPECT_THAT(world.truth(), IsEmpty());
}

TEST(World, ForgetsTheDeletedAndFollowsTheMerged) {
  World world(6);
  const Id first = world.create({});
  const Id second = world.create({});
  const Id third = world.create({});

  world.merge(first, second, Merging::Alias);
  world.merge(second, third, Merging::Alias);

  EXPECT_EQ(world.truth().size(), 1U);
  EXPECT_THAT(world.aliases(), ElementsAre(std::pair{first, third}, std::pair{second, third}));
  world.trash(third);
  EXPECT_THAT(world.truth(), IsEmpty());
  world.restore(third);
  EXPECT_EQ(world.truth().size(), 1U);
}

TEST(World, MovesNoVisibleTimeForAPermission) {
  World world(7);
  const Id id = world.create({});
  const Instant updated = world.find(id)->updated;
  world.advance(seconds{5});

  world.permit(id, Access::Draft);

  EXPECT_EQ(world.find(id)->updated, updated);
  EXPECT_EQ(world.find(id)->touched, updated + seconds{5});
}

TEST(World, StampsWithTheServersOwnClock) {
  World world(8);
  world.skew(seconds{-40});

  const Id id = world.create({});

  EXPECT_EQ(world.find(id)->created, world.now() - seconds{40});
}

TEST(Schedule, RepeatsItselfFromTheSameSeed) {
  const auto run = [] {
    World world(11);
    Schedule schedule(world, {.kinds = {Kind::Article, Kind::Ticket}}, 12);
    schedule.steps(300);
    std::string told;
    for (const Step& step : schedule.history()) told += describe(step) + "\n";
    return told;
  };

  EXPECT_EQ(run(), run());
}

TEST(Schedule, NeverUsesAMarkerTwice) {
  World world(13);
  Schedule schedule(
      world, {.kinds = {Kind::Issue}, .staff_messages = true, .merging = Merging::Alias}, 14);
  schedule.steps(2000);

  std::vector<std::string> markers;
  for (const auto& [id, document] : world.documents()) {
    markers.push_back(document->marker);
    for (const Message& message : document->messages) markers.push_back(message.marker);
  }
  std::ranges::sort(markers);
  EXPECT_EQ(std::ranges::adjacent_find(markers), markers.end());
}

TEST(Schedule, StaysWithinWhatTheVendorCanDo) {
  World world(15);
  Schedule schedule(world, {.kinds = {Kind::Article}, .messages = false, .restores = false}, 16);
  schedule.steps(1000);

  for (const auto& [id, document] : world.documents()) {
    EXPECT_TRUE(document->messages.empty());
    EXPECT_EQ(document->access, Access::Public);
    EXPECT_TRUE(document->state == State::Live || document->state == State::Gone);
  }
}

}  // namespace
}  // namespace freshet::simulation
