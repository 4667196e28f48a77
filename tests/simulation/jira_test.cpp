#include "tests/simulation/jira.h"

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

class JiraTest : public ::testing::Test {
 protected:
  Id issue(Access access = Access::SignedIn, Id group = 0) {
    const Id id = world_.create({.kind = Kind::Issue, .access = access, .group = group});
    world_.advance(seconds{1});
    return id;
  }
  Answer search(const std::string& jql, std::string_view more = "") {
    return ask(server_, "/rest/api/3/search/jql?jql=" + percent_encode(jql) + std::string(more));
  }
  std::vector<Id> found(const std::string& jql) { return ids(search(jql).body["issues"]); }
  std::string updated(Id id) const {
    return std::to_string(epoch_milliseconds(world_.find(id)->updated));
  }

  World world_{61};
  JiraServer server_{world_};
};

TEST_F(JiraTest, SearchesByMillisecondBounds) {
  const Id first = issue();
  const Id second = issue();
  settle(world_);

  EXPECT_THAT(found("updated >= " + updated(second)), ElementsAre(second));
  EXPECT_THAT(found("updated < " + updated(second)), ElementsAre(first));
  EXPECT_THAT(found("project is not EMPTY ORDER BY updated ASC, key ASC"),
              ElementsAre(first, second));
  EXPECT_THAT(
      found("(project in (HELP, CORE)) AND updated > " + updated(first) + " AND NOT key = X-1"),
      ElementsAre(second));
}

TEST_F(JiraTest, ReadsDatesInTheAccountsZoneToTheMinute) {
  const Id id = issue();
  settle(world_);
  EXPECT_THAT(found("updated >= \"2026-11-20 00:00\" and updated < \"2026-11-20 00:01\""),
              ElementsAre(id));

  server_.set_zone(minutes{-330});

  EXPECT_THAT(found("updated >= \"2026-11-19 18:30\" and updated < \"2026-11-19 18:31\""),
              ElementsAre(id));
  EXPECT_THAT(search("updated >= -1d", "&fields=updated")
                  .body["issues"][0]["fields"]["updated"]
                  .get<std::string>(),
              HasSubstr("2026-11-19T18:30:00.000-0530"));
}

TEST_F(JiraTest, RefusesUnboundedAndUnreadableQueries) {
  EXPECT_THAT(dump_json(search("ORDER BY key").body), HasSubstr("Unbounded"));
  EXPECT_EQ(search("").status, 400);
  EXPECT_EQ(search("updated >=").status, 400);
  EXPECT_EQ(search("color = red").status, 400);
  EXPECT_EQ(search("updated >= yesterday").status, 400);
  EXPECT_EQ(search("updated >= 99999999999999").status, 400) << "later than now";
}

TEST_F(JiraTest, LagsBehindUnlessAskedToReconcile) {
  World world(62, {.slow_share = 1});
  JiraServer server(world);
  const Id id = world.create({.kind = Kind::Issue});
  const std::string target = "/rest/api/3/search/jql?jql=project+is+not+EMPTY";

  EXPECT_THAT(ids(ask(server, target).body["issues"]), IsEmpty());
  EXPECT_THAT(ids(ask(server, target + "&reconcileIssues=" + std::to_string(id)).body["issues"]),
              ElementsAre(id));
}

TEST_F(JiraTest, PagesByTokenWithoutATotal) {
  for (int i = 0; i < 3; ++i) issue();
  settle(world_);
  const std::string jql = "project is not EMPTY ORDER BY key ASC";

  const Answer first = search(jql, "&maxResults=2");
  const std::string token = first.body["nextPageToken"];
  const Answer second = search(jql, "&maxResults=2&nextPageToken=" + token);

  EXPECT_EQ(first.body["isLast"], false);
  EXPECT_FALSE(first.body.contains("total"));
  EXPECT_EQ(second.body["issues"].size(), 1U);
  EXPECT_EQ(second.body["isLast"], true);
  EXPECT_FALSE(second.body.contains("nextPageToken"));
  EXPECT_EQ(search(jql, "&nextPageToken=other").status, 400);
  EXPECT_EQ(search("project = HELP", "&nextPageToken=" + token).status, 400);
  world_.advance(std::chrono::hours{24 * 8});
  EXPECT_EQ(search(jql, "&nextPageToken=" + token).status, 400);
}

TEST_F(JiraTest, GivesMoreRowsWhereOnlyIdsAreAsked) {
  for (int i = 0; i < 150; ++i) issue();
  settle(world_);

  EXPECT_EQ(search("id > 0", "&maxResults=5000").body["issues"].size(), 150U);
  EXPECT_EQ(search("id > 0", "&maxResults=5000&fields=summary").body["issues"].size(), 100U);
  EXPECT_EQ(search("id > 0").body["issues"].size(), 50U);
}

TEST_F(JiraTest, FetchesManyAtOnceAndLeavesTheMissingOut) {
  const Id first = issue();
  const Id gone = issue();
  const Id hidden = issue(Access::Hidden);
  world_.erase(gone);
  const std::string body = R"({"issueIdsOrKeys":[")" + std::to_string(first) + R"(",")" +
                           std::to_string(gone) + R"(",")" + std::to_string(hidden) + R"("]})";

  const Answer answer = ask(server_, post("/rest/api/3/issue/bulkfetch", body));

  EXPECT_THAT(ids(answer.body["issues"]), ElementsAre(first));
  EXPECT_THAT(dump_json(answer.body["issues"][0]["fields"]["description"]),
              HasSubstr(world_.find(first)->version_marker()));
  EXPECT_EQ(ask(server_, "/rest/api/3/issue/" + std::to_string(gone)).status, 404);
  EXPECT_EQ(ask(server_, "/rest/api/3/issue/" + std::to_string(hidden)).status, 404);
}

TEST_F(JiraTest, TellsCommentsForStaffApart) {
  const Id id = issue();
  for (int i = 0; i < 4; ++i) world_.comment(id, Audience::Staff);
  world_.comment(id, Audience::Everyone);
  const std::string name = std::to_string(id);

  const Json body = ask(server_, "/rest/api/3/issue/" + name + "/comment").body;
  const Json shown =
      ask(server_, "/rest/servicedeskapi/request/" + name + "/comment?internal=false").body;

  EXPECT_EQ(body["total"], 5);
  for (int i = 0; i < 4; ++i) {
    const Json& comment = body["comments"][static_cast<std::size_t>(i)];
    EXPECT_TRUE(comment["jsdPublic"] == false || comment.contains("visibility"));
  }
  EXPECT_EQ(body["comments"][4]["jsdPublic"], true);
  EXPECT_FALSE(body["comments"][4].contains("visibility"));
  EXPECT_EQ(shown["values"].size(), 1U);
  EXPECT_EQ(shown["isLastPage"], true);
}

TEST_F(JiraTest, NamesTheSecurityLevel) {
  const Id id = issue(Access::Group, 703);

  EXPECT_EQ(
      ask(server_, "/rest/api/3/issue/" + std::to_string(id)).body["fields"]["security"]["id"],
      "703");
}

}  // namespace
}  // namespace freshet::simulation
