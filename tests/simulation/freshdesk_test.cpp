#include "tests/simulation/freshdesk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FreshdeskTest : public ::testing::Test {
 protected:
  Id ticket() {
    const Id id = world_.create({.kind = Kind::Ticket});
    world_.advance(seconds{1});
    return id;
  }

  World world_{41};
  FreshdeskServer server_{world_};
  std::string start_ = to_rfc3339(world_.now());
};

TEST_F(FreshdeskTest, ListsTicketsUpdatedSinceInclusively) {
  ticket();
  const Id second = ticket();
  settle(world_);
  const std::string since = to_rfc3339(world_.find(second)->updated);

  const Answer answer =
      ask(server_, "/api/v2/tickets?order_by=updated_at&order_type=asc&updated_since=" + since);

  EXPECT_THAT(ids(answer.body), ElementsAre(second));
}

TEST_F(FreshdeskTest, ShowsOnlyTicketsOfTheLastMonthUnlessAskedSince) {
  const Id old = ticket();
  world_.advance(std::chrono::hours{24 * 31});
  const Id young = ticket();
  settle(world_);

  EXPECT_THAT(ids(ask(server_, "/api/v2/tickets").body), ElementsAre(young));
  EXPECT_THAT(ids(ask(server_, "/api/v2/tickets?order_type=asc&updated_since=" + start_).body),
              ElementsAre(old, young));
}

TEST_F(FreshdeskTest, LinksToTheNextPageAndRefusesTooMany) {
  for (int i = 0; i < 3; ++i) ticket();
  settle(world_);

  EXPECT_THAT(ask(server_, "/api/v2/tickets?per_page=2").headers.at("link"),
              HasSubstr("per_page=2&page=2>; rel=\"next\""));
  EXPECT_FALSE(ask(server_, "/api/v2/tickets?per_page=2&page=2").headers.contains("link"));
  EXPECT_EQ(ask(server_, "/api/v2/tickets?page=300").status, 200);
  EXPECT_EQ(ask(server_, "/api/v2/tickets?page=301").status, 400);
  EXPECT_EQ(ask(server_, "/api/v2/tickets?per_page=101").status, 400);
  EXPECT_EQ(ask(server_, "/api/v2/tickets?color=red").status, 400);
}

TEST_F(FreshdeskTest, ListsNoArchivedTicketsAndKeepsThemUnderAnAddressOfTheirOwn) {
  const Id id = ticket();
  world_.solve(id, true);
  settle(world_);
  world_.advance(std::chrono::hours{24 * 121});
  const std::string name = std::to_string(id);

  EXPECT_THAT(ids(ask(server_, "/api/v2/tickets?updated_since=" + start_).body), IsEmpty());
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + name).status, 404);
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + name + "/conversations").status, 404);
  EXPECT_EQ(ask(server_, "/api/v2/tickets/archived/" + name).body["id"], id);
}

TEST_F(FreshdeskTest, KeepsDeletedTicketsInAListOfTheirOwn) {
  const Id id = ticket();
  world_.trash(id);
  settle(world_);

  EXPECT_THAT(ids(ask(server_, "/api/v2/tickets?updated_since=" + start_).body), IsEmpty());
  EXPECT_THAT(ids(ask(server_, "/api/v2/tickets?filter=deleted").body), ElementsAre(id));
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + std::to_string(id)).body["deleted"], true);
  world_.erase(id);
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + std::to_string(id)).status, 404);
}

TEST_F(FreshdeskTest, MarksPrivateNotesAndLeavesTheDescriptionOut) {
  const Id id = ticket();
  world_.comment(id, Audience::Staff);
  world_.comment(id, Audience::Everyone);

  const Json rows = ask(server_, "/api/v2/tickets/" + std::to_string(id) + "/conversations").body;

  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0]["private"], true);
  EXPECT_EQ(rows[1]["private"], false);
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + std::to_string(id)).body["description_text"],
            world_.find(id)->text());
}

TEST_F(FreshdeskTest, MovesNoTicketWhenANoteIsEdited) {
  const Id id = ticket();
  world_.comment(id, Audience::Staff);
  const Instant updated = world_.find(id)->updated;
  world_.advance(seconds{5});

  world_.revise(id, 0, Revision::Silent);

  EXPECT_EQ(world_.find(id)->updated, updated);
}

TEST_F(FreshdeskTest, ReachesRestrictedArticlesThroughSubfoldersOnly) {
  const Id open = world_.create({.kind = Kind::Article});
  const Id gold = world_.create({.kind = Kind::Article, .access = Access::Group, .group = 702});
  settle(world_);
  const std::string solutions = "/api/v2/solutions";

  const Json folders = ask(server_, solutions + "/categories/8000/folders").body;
  const Json below = ask(server_, solutions + "/folders/8002/subfolders").body;

  EXPECT_THAT(ids(folders), ElementsAre(8001, 8002));
  EXPECT_EQ(folders[0]["visibility"], 1);
  EXPECT_THAT(ids(below), ElementsAre(9701, 9702, 9703));
  EXPECT_EQ(below[1]["visibility"], 4);
  EXPECT_THAT(ids(ask(server_, solutions + "/folders/8001/articles").body), ElementsAre(open));
  EXPECT_THAT(ids(ask(server_, solutions + "/folders/9702/articles").body), ElementsAre(gold));
}

TEST_F(FreshdeskTest, MarksDraftArticles) {
  const Id id = world_.create({.kind = Kind::Article, .access = Access::Draft});

  EXPECT_EQ(ask(server_, "/api/v2/solutions/articles/" + std::to_string(id)).body["status"], 1);
}

}  // namespace
}  // namespace freshet::simulation
