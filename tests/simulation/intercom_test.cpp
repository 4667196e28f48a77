#include "tests/simulation/intercom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class IntercomTest : public ::testing::Test {
 protected:
  Id make(Kind kind, Access access = Access::Public) {
    const Id id = world_.create({.kind = kind, .access = access});
    world_.advance(seconds{1});
    return id;
  }
  Answer search(const std::string& query, const std::string& pagination = "{}") {
    return ask(server_, post("/conversations/search",
                             R"({"query":)" + query + R"(,"pagination":)" + pagination + "}"));
  }
  std::string since(Id id) const {
    return R"({"field":"updated_at","operator":">","value":)" +
           std::to_string(epoch_seconds(world_.find(id)->updated)) + "}";
  }

  World world_{81};
  IntercomServer server_{world_};
};

TEST_F(IntercomTest, ListsArticlesNewestFirstByNumberedPages) {
  const Id first = make(Kind::Article);
  const Id second = make(Kind::Article);
  settle(world_);

  const Answer page = ask(server_, "/articles?per_page=1");

  EXPECT_THAT(ids(page.body["data"]), ElementsAre(second));
  EXPECT_EQ(page.body["pages"]["total_pages"], 2);
  const Answer last = ask(server_, page.body["pages"]["next"].get<std::string>().substr(22));
  EXPECT_THAT(ids(last.body["data"]), ElementsAre(first));
  EXPECT_TRUE(last.body["pages"]["next"].is_null());
}

TEST_F(IntercomTest, SaysWhoMayReadAnArticle) {
  make(Kind::Article);
  make(Kind::Article, Access::Group);
  make(Kind::Article, Access::Draft);
  settle(world_);

  const Json rows = ask(server_, "/articles").body["data"];

  EXPECT_EQ(rows[0]["state"], "draft");
  EXPECT_EQ(rows[1]["help_center_audience"], "restricted");
  EXPECT_EQ(rows[2]["help_center_audience"], "everyone");
}

TEST_F(IntercomTest, MeansGreaterOrEqualByGreater) {
  make(Kind::Ticket);
  const Id second = make(Kind::Ticket);
  settle(world_);

  EXPECT_THAT(ids(search(since(second)).body["conversations"]), ElementsAre(second));
}

TEST_F(IntercomTest, GoesOnAfterTheRowItNamed) {
  const Id first = make(Kind::Ticket);
  for (int i = 0; i < 2; ++i) make(Kind::Ticket);
  settle(world_);

  const Answer page = search(since(first), R"({"per_page":2})");
  const std::string token = page.body["pages"]["next"]["starting_after"];
  const Answer rest = search(since(first), R"({"per_page":2,"starting_after":")" + token + "\"}");

  EXPECT_EQ(page.body["total_count"], 3);
  EXPECT_THAT(ids(rest.body["conversations"]), ElementsAre(first));
  EXPECT_TRUE(rest.body["pages"]["next"].is_null());
}

TEST_F(IntercomTest, RefusesWhatItDoesNotKnow) {
  const Id id = make(Kind::Ticket);
  EXPECT_EQ(search("{}").status, 400);
  EXPECT_EQ(search(R"({"field":"color","operator":"=","value":1})").status, 400);
  EXPECT_EQ(search(since(id), R"({"per_page":151})").status, 400);
  EXPECT_EQ(search(since(id), R"({"starting_after":"x"})").status, 400);
}

TEST_F(IntercomTest, GivesPartsWithOneConversationOnlyAndAtMostTheNewest500) {
  const Id id = make(Kind::Ticket);
  world_.comment(id, Audience::Everyone);
  Id last = 0;
  for (int i = 0; i < 500; ++i) last = world_.comment(id, Audience::Staff);
  settle(world_);

  const Json parts =
      ask(server_, "/conversations/" + std::to_string(id)).body["conversation_parts"];

  EXPECT_EQ(parts["total_count"], 501);
  EXPECT_EQ(parts["conversation_parts"].size(), 500U);
  EXPECT_EQ(parts["conversation_parts"][0]["part_type"], "note");
  EXPECT_EQ(ids(parts["conversation_parts"]).back(), last);
  EXPECT_FALSE(search(since(id)).body["conversations"][0].contains("conversation_parts"));
}

TEST_F(IntercomTest, ListsDeletedConversationsInNewVersionsOnly) {
  const Id id = make(Kind::Ticket);
  world_.erase(id);
  settle(world_);
  http::Request request = get("/conversations/deleted");

  EXPECT_EQ(ask(server_, request).status, 404);
  request.headers.emplace_back("Intercom-Version", "2.16");
  EXPECT_THAT(ids(ask(server_, request).body["conversations"]), ElementsAre(id));
  EXPECT_EQ(ask(server_, "/conversations/" + std::to_string(id)).status, 404);
}

}  // namespace
}  // namespace freshet::simulation
