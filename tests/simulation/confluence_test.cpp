#include "tests/simulation/confluence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/percent_encode.h"
#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class ConfluenceTest : public ::testing::Test {
 protected:
  Id page(Access access = Access::SignedIn, Id group = 0, Id parent = 0) {
    const Id id =
        world_.create({.kind = Kind::Page, .access = access, .group = group, .parent = parent});
    world_.advance(seconds{1});
    return id;
  }
  Answer search(const std::string& cql) {
    return ask(server_, "/wiki/rest/api/content/search?cql=" + percent_encode(cql));
  }
  std::vector<Id> listed(std::string_view more = "") {
    return ids(ask(server_, "/wiki/api/v2/pages" + std::string(more)).body["results"]);
  }
  static std::string v2(Id id) { return "/wiki/api/v2/pages/" + std::to_string(id); }
  static std::string v1(Id id) { return "/wiki/rest/api/content/" + std::to_string(id); }

  World world_{71};
  ConfluenceServer server_{world_};
};

TEST_F(ConfluenceTest, FollowsTheCursorInsideTheRelativeNextLink) {
  for (int i = 0; i < 3; ++i) page();
  settle(world_);

  const Answer first = ask(server_, "/wiki/api/v2/pages?limit=2&body-format=storage");
  const std::string next = first.body["_links"]["next"];
  const Answer second = ask(server_, next);

  EXPECT_THAT(next, StartsWith("/wiki/api/v2/pages?"));
  EXPECT_EQ(first.body["results"].size(), 2U);
  EXPECT_EQ(second.body["results"].size(), 1U);
  EXPECT_FALSE(second.body["_links"].contains("next"));
  EXPECT_THAT(second.body["results"][0]["body"]["storage"]["value"].get<std::string>(),
              HasSubstr("VER-1003-1"));
}

TEST_F(ConfluenceTest, RefusesALimitAbove250AndAnUnknownCursor) {
  EXPECT_EQ(ask(server_, "/wiki/api/v2/pages?limit=250").status, 200);
  EXPECT_EQ(ask(server_, "/wiki/api/v2/pages?limit=251").status, 400);
  EXPECT_EQ(ask(server_, "/wiki/api/v2/pages?cursor=other").status, 400);
}

TEST_F(ConfluenceTest, ListsTrashedPagesOnRequestAndPurgedOnesNever) {
  const Id trashed = page();
  const Id purged = page();
  world_.trash(trashed);
  world_.erase(purged);
  settle(world_);

  EXPECT_THAT(listed(), IsEmpty());
  EXPECT_THAT(listed("?status=trashed"), ElementsAre(trashed));
  EXPECT_EQ(ask(server_, v2(trashed)).body["status"], "trashed");
  EXPECT_EQ(ask(server_, v2(purged)).status, 404);
}

TEST_F(ConfluenceTest, SearchesToTheMinuteInTheAccountsZone) {
  const Id first = page();
  world_.advance(minutes{5});
  const Id second = page();
  settle(world_);

  EXPECT_THAT(ids(search("type = page and lastmodified >= \"2026-11-20 00:05\"").body["results"]),
              ElementsAre(second));
  EXPECT_THAT(
      ids(search("lastmodified >= \"2026-11-20\" order by lastmodified desc").body["results"]),
      ElementsAre(second, first));
  server_.set_zone(minutes{60});
  EXPECT_THAT(ids(search("lastmodified >= \"2026-11-20 01:05\"").body["results"]),
              ElementsAre(second));
}

TEST_F(ConfluenceTest, PutsContentUnderTheResultsOfASearchForEverything) {
  const std::string id = std::to_string(page());
  settle(world_);

  const Answer found = ask(server_, "/wiki/rest/api/search?cql=" + percent_encode("id = " + id));

  ASSERT_EQ(found.body["results"].size(), 1U);
  EXPECT_EQ(found.body["results"][0]["content"]["id"], id);
}

TEST_F(ConfluenceTest, RefusesCqlThatItCannotRead) {
  EXPECT_EQ(search("").status, 400);
  EXPECT_EQ(search("color = red").status, 400);
  EXPECT_EQ(search("lastmodified >= never").status, 400);
}

TEST_F(ConfluenceTest, MovesNoTimeForCommentsRestrictionsAndRestore) {
  const Id id = page();
  const std::string before = ask(server_, v2(id)).body["version"]["createdAt"];
  world_.advance(minutes{9});
  world_.comment(id, Audience::Everyone);
  world_.permit(id, Access::Group, 701);
  world_.trash(id);
  world_.restore(id);

  EXPECT_EQ(ask(server_, v2(id)).body["version"]["createdAt"], before);
}

TEST_F(ConfluenceTest, NamesTheGroupsOfEachPageButNotOfItsAncestors) {
  const Id parent = page(Access::Group, 702);
  const Id child = page(Access::SignedIn, 0, parent);

  const Json own = ask(server_, v1(parent) + "/restriction/byOperation/read").body;
  const Json below = ask(server_, v1(child) + "/restriction/byOperation/read").body;

  EXPECT_EQ(own["restrictions"]["group"]["results"][0]["name"], "Gold");
  EXPECT_EQ(below["restrictions"]["group"]["size"], 0);
  EXPECT_THAT(ids(ask(server_, v2(child) + "/ancestors").body["results"]), ElementsAre(parent));
}

TEST_F(ConfluenceTest, HidesWhatIsBelowAHiddenPage) {
  const Id parent = page(Access::Hidden);
  const Id child = page(Access::SignedIn, 0, parent);
  settle(world_);

  EXPECT_EQ(ask(server_, v2(child)).status, 404);
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(ConfluenceTest, PagesThroughComments) {
  const Id id = page();
  for (int i = 0; i < 3; ++i) world_.comment(id, Audience::Everyone);

  const Answer first = ask(server_, v2(id) + "/footer-comments?limit=2");
  const Answer second = ask(server_, first.body["_links"]["next"].get<std::string>());

  EXPECT_EQ(first.body["results"].size(), 2U);
  EXPECT_EQ(second.body["results"].size(), 1U);
}

}  // namespace
}  // namespace freshet::simulation
