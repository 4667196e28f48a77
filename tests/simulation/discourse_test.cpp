#include "tests/simulation/discourse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiscourseTest : public ::testing::Test {
 protected:
  Id topic(Access access = Access::Public, Id group = 0) {
    const Id id = world_.create({.kind = Kind::Topic, .access = access, .group = group});
    world_.advance(seconds{1});
    return id;
  }
  static std::string at(Id id) { return "/t/" + std::to_string(id) + ".json"; }
  static Json topics(const Answer& answer) { return answer.body["topic_list"]["topics"]; }
  static http::Request anonymous(std::string_view target) {
    http::Request request = get(target);
    request.headers.clear();
    return request;
  }

  World world_{51};
  DiscourseServer server_{world_};
};

TEST_F(DiscourseTest, ListsTheLatestActivityFirst) {
  const Id first = topic();
  const Id second = topic();
  world_.comment(first, Audience::Everyone);
  settle(world_);

  EXPECT_THAT(ids(topics(ask(server_, "/latest.json?order=activity"))), ElementsAre(first, second));
}

TEST_F(DiscourseTest, KeepsPinnedTopicsOnTopOfNewerOnes) {
  Id last = 0;
  for (int i = 0; i < 60; ++i) last = topic();
  settle(world_);

  const Json rows = topics(ask(server_, "/latest.json?per_page=100"));

  EXPECT_EQ(rows[0]["id"], 1050);
  EXPECT_EQ(rows[0]["pinned"], true);
  EXPECT_EQ(rows[1]["id"], last);
}

TEST_F(DiscourseTest, SaysWhereMoreTopicsAreAndCutsThePageSilently) {
  for (int i = 0; i < 40; ++i) topic();
  settle(world_);

  const Answer first = ask(server_, "/latest.json?per_page=30");
  const Answer second = ask(server_, "/latest.json?per_page=30&page=1");

  EXPECT_EQ(topics(first).size(), 30U);
  EXPECT_TRUE(first.body["topic_list"].contains("more_topics_url"));
  EXPECT_EQ(topics(second).size(), 10U);
  EXPECT_FALSE(second.body["topic_list"].contains("more_topics_url"));
  EXPECT_EQ(ask(server_, "/latest.json?per_page=1000").body["topic_list"]["per_page"], 100);
}

TEST_F(DiscourseTest, GivesTwentyPostsAndTheNumbersOfAll) {
  const Id id = topic();
  for (int i = 0; i < 30; ++i) world_.comment(id, Audience::Everyone);

  const Json stream = ask(server_, at(id)).body["post_stream"];
  const std::string last = dump_json(stream["stream"].back());
  const Json rest = ask(server_, "/t/" + std::to_string(id) + "/posts.json?post_ids[]=" + last)
                        .body["post_stream"]["posts"];

  EXPECT_EQ(stream["posts"].size(), 20U);
  EXPECT_EQ(stream["stream"].size(), 31U);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0]["post_number"], 31);
}

TEST_F(DiscourseTest, ShowsWhispersToStaffOnly) {
  const Id id = topic();
  world_.comment(id, Audience::Staff);

  EXPECT_EQ(ask(server_, at(id)).body["post_stream"]["posts"][1]["post_type"], 4);
  EXPECT_EQ(ask(server_, anonymous(at(id))).body["post_stream"]["posts"].size(), 1U);
}

TEST_F(DiscourseTest, MovesNoTopicWhenAnOldPostIsEdited) {
  const Id first = topic();
  world_.comment(first, Audience::Everyone);
  world_.comment(first, Audience::Everyone);
  world_.advance(seconds{1});
  const Id second = topic();
  world_.advance(seconds{5});
  world_.revise(first, 0, Revision::Silent);
  settle(world_);

  EXPECT_THAT(ids(topics(ask(server_, "/latest.json"))), ElementsAre(second, first));
  world_.revise(first, 1, Revision::Silent);
  settle(world_);
  EXPECT_THAT(ids(topics(ask(server_, "/latest.json"))), ElementsAre(first, second));
}

TEST_F(DiscourseTest, RestrictsByCategory) {
  const Id gold = topic(Access::Group, 702);
  settle(world_);

  EXPECT_EQ(topics(ask(server_, "/latest.json"))[0]["category_id"], 702);
  EXPECT_THAT(topics(ask(server_, anonymous("/latest.json"))), IsEmpty());
  EXPECT_EQ(ask(server_, anonymous(at(gold))).status, 403);
  const Json all = ask(server_, "/categories.json").body["category_list"]["categories"];
  EXPECT_EQ(all[0]["read_restricted"], false);
  EXPECT_EQ(all.back()["read_restricted"], true);
}

TEST_F(DiscourseTest, AnswersGoneForADeletedTopic) {
  const Id id = topic();
  world_.trash(id);
  EXPECT_EQ(ask(server_, at(id)).status, 410);
  world_.erase(id);
  EXPECT_EQ(ask(server_, at(id)).status, 404);
}

}  // namespace
}  // namespace freshet::simulation
