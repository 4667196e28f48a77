#include "sources/audience.h"

#include <gmock/gmock.h>

namespace freshet::sources {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Audience, IsInternalUnlessSomebodySaysMore) {
  EXPECT_THAT(principals_of(Audience(), {"public"}), ElementsAre("internal"));
}

TEST(Audience, BecomesPrincipals) {
  EXPECT_THAT(principals_of({Level::Public, {}}, {"partners"}), ElementsAre("partners"));
  EXPECT_THAT(principals_of({Level::SignedIn, {}}, {"public"}), ElementsAre("signed_in"));
  EXPECT_THAT(principals_of({Level::Segment, {"vip"}}, {"public"}), ElementsAre("vip"));
  EXPECT_THAT(principals_of({Level::Restricted, {"org:1"}}, {"public"}), ElementsAre("org:1"));
  EXPECT_THAT(principals_of({Level::Private, {"org:1"}}, {"public"}), IsEmpty());
}

TEST(Audience, OfNoListedGroupIsInternal) {
  EXPECT_THAT(principals_of({Level::Segment, {}}, {"public"}), ElementsAre("internal"));
  EXPECT_THAT(principals_of({Level::Restricted, {}}, {"public"}), ElementsAre("internal"));
}

TEST(Audience, CoversPublicTextAlways) {
  for (const Level level : {Level::Public, Level::SignedIn, Level::Internal}) {
    EXPECT_TRUE(covers({level, {}}, {Level::Public, {}}));
  }
}

TEST(Audience, CoversTextOfItsOwnGroups) {
  const Audience readers{Level::Restricted, {"org:1"}};

  EXPECT_TRUE(covers(readers, readers));
  EXPECT_TRUE(covers(readers, {Level::Segment, {"org:1", "org:2"}}));
  EXPECT_FALSE(covers({Level::Restricted, {"org:1", "org:2"}}, readers));
  EXPECT_FALSE(covers(readers, {Level::Restricted, {}}));
}

TEST(Audience, NeverCoversInternalTextForOthersThanStaff) {
  const Audience internal;

  EXPECT_FALSE(covers({Level::Public, {}}, internal));
  EXPECT_FALSE(covers({Level::SignedIn, {}}, internal));
  EXPECT_FALSE(covers({Level::Restricted, {"org:1"}}, internal));
  EXPECT_FALSE(covers({Level::Restricted, {"org:1", "internal"}}, internal));
  EXPECT_TRUE(covers({Level::Restricted, {}}, internal));
}

TEST(Audience, NeverCoversPrivateText) {
  EXPECT_FALSE(covers({Level::Private, {}}, {Level::Private, {}}));
  EXPECT_FALSE(covers({Level::Internal, {}}, {Level::Private, {}}));
}

TEST(Audience, CoversSignedInTextForWhoeverHasAnAccount) {
  EXPECT_TRUE(covers({Level::Segment, {"vip"}}, {Level::SignedIn, {}}));
  EXPECT_FALSE(covers({Level::Public, {}}, {Level::SignedIn, {}}));
  EXPECT_FALSE(covers({Level::Segment, {"public"}}, {Level::SignedIn, {}}));
}

}  // namespace
}  // namespace freshet::sources
