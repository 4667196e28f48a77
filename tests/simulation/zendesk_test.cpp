#include "tests/simulation/zendesk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kExport = "/api/v2/incremental/tickets/cursor.json";
constexpr std::string_view kArticles = "/api/v2/help_center/incremental/articles.json";

class ZendeskTest : public ::testing::Test {
 protected:
  Answer from(std::int64_t start, std::string_view more = "") {
    return ask(server_,
               std::string(kExport) + "?start_time=" + std::to_string(start) + std::string(more));
  }
  Answer after(const Answer& answer) {
    return ask(server_,
               std::string(kExport) + "?cursor=" + answer.body["after_cursor"].get<std::string>());
  }

  World world_{31};
  ZendeskServer server_{world_};
  std::int64_t start_ = epoch_seconds(world_.now());
};

TEST_F(ZendeskTest, ExportsNothingOfTheLastMinute) {
  const Id id = world_.create({.kind = Kind::Ticket});
  world_.advance(seconds{60});
  EXPECT_THAT(ids(from(start_).body["tickets"]), IsEmpty());
  EXPECT_TRUE(from(start_).body["after_cursor"].is_null());

  world_.advance(seconds{1});
  const Answer answer = from(start_);

  EXPECT_THAT(ids(answer.body["tickets"]), ElementsAre(id));
  EXPECT_EQ(answer.body["end_of_stream"], true);
  EXPECT_THAT(ids(after(answer).body["tickets"]), IsEmpty());
}

TEST_F(ZendeskTest, RefusesAStartWithinTheLastMinuteAndACursorItDoesNotKnow) {
  EXPECT_EQ(from(start_).status, 422);
  EXPECT_EQ(ask(server_, std::string(kExport)).status, 400);
  EXPECT_EQ(ask(server_, std::string(kExport) + "?cursor=nonsense").status, 400);
}

TEST_F(ZendeskTest, ExportsByTheTimeOfAnyChangeNotByUpdatedAt) {
  const Id id = world_.create({.kind = Kind::Ticket});
  settle(world_);
  const Answer first = from(start_);
  world_.touch(id);
  settle(world_);

  const Answer second = after(first);

  ASSERT_THAT(ids(second.body["tickets"]), ElementsAre(id));
  EXPECT_EQ(second.body["tickets"][0]["updated_at"], first.body["tickets"][0]["updated_at"]);
  EXPECT_GT(second.body["tickets"][0]["generated_timestamp"],
            first.body["tickets"][0]["generated_timestamp"]);
}

TEST_F(ZendeskTest, ExportsDeletedTicketsAndScrubsThoseGoneForGood) {
  const Id trashed = world_.create({.kind = Kind::Ticket});
  const Id gone = world_.create({.kind = Kind::Ticket});
  world_.trash(trashed);
  world_.erase(gone);
  settle(world_);

  const Json tickets = from(start_).body["tickets"];

  EXPECT_EQ(tickets[0]["status"], "deleted");
  EXPECT_EQ(tickets[1]["subject"], "SCRUBBED");
  EXPECT_THAT(ids(ask(server_, "/api/v2/deleted_tickets.json").body["deleted_tickets"]),
              ElementsAre(trashed));
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + std::to_string(trashed)).status, 404);
  EXPECT_EQ(ask(server_, "/api/v2/tickets/" + std::to_string(gone) + "/comments").status, 404);
}

TEST_F(ZendeskTest, GivesEmptyPagesThatDoNotEndTheStream) {
  for (int i = 0; i < 200; ++i) world_.create({.kind = Kind::Ticket});
  settle(world_);
  bool paused = false;
  std::size_t seen = 0;

  Answer answer = from(start_, "&per_page=2");
  for (; !answer.body["end_of_stream"].get<bool>();) {
    seen += answer.body["tickets"].size();
    paused = paused || answer.body["tickets"].empty();
    answer = ask(server_, answer.body["after_url"].get<std::string>().substr(22));
  }

  EXPECT_TRUE(paused);
  EXPECT_EQ(seen + answer.body["tickets"].size(), 200U);
}

TEST_F(ZendeskTest, ListsCommentsWithTheirAudienceByCursorPages) {
  const Id id = world_.create({.kind = Kind::Ticket});
  world_.comment(id, Audience::Everyone);
  world_.comment(id, Audience::Staff);
  const std::string target = "/api/v2/tickets/" + std::to_string(id) + "/comments?page[size]=2";

  const Answer first = ask(server_, target);
  const Answer second = ask(
      server_, target + "&page[after]=" + first.body["meta"]["after_cursor"].get<std::string>());

  EXPECT_EQ(first.body["comments"][0]["body"], world_.find(id)->text());
  EXPECT_EQ(first.body["comments"][1]["public"], true);
  EXPECT_EQ(first.body["meta"]["has_more"], true);
  EXPECT_EQ(second.body["comments"][0]["public"], false);
  EXPECT_EQ(second.body["meta"]["has_more"], false);
}

TEST_F(ZendeskTest, RepeatsTheBoundaryOfTimeBasedPagesAndNamesNoPageAfterTheLast) {
  for (int i = 0; i < 3; ++i) {
    world_.create({.kind = Kind::Article});
    world_.advance(seconds{1});
  }
  settle(world_);
  ZendeskServer server(world_, {.most_rows = 2});

  const Answer first =
      ask(server, std::string(kArticles) + "?start_time=" + std::to_string(start_));
  const std::string next = first.body["next_page"].get<std::string>().substr(22);
  const Answer second = ask(server, next);

  EXPECT_EQ(ids(first.body["articles"]).back(), ids(second.body["articles"]).front());
  EXPECT_EQ(first.body["end_time"], start_ + 1);
  EXPECT_TRUE(second.body["next_page"].is_null());
}

TEST_F(ZendeskTest, NeverSplitsASecondOverTimeBasedPages) {
  for (int i = 0; i < 5; ++i) world_.create({.kind = Kind::Article});
  settle(world_);
  ZendeskServer server(world_, {.most_rows = 2});

  const Answer answer =
      ask(server, std::string(kArticles) + "?start_time=" + std::to_string(start_));

  EXPECT_EQ(answer.body["articles"].size(), 5U);
}

TEST_F(ZendeskTest, SaysWhoMayReadAnArticle) {
  world_.create({.kind = Kind::Article});
  world_.create({.kind = Kind::Article, .access = Access::SignedIn});
  world_.create({.kind = Kind::Article, .access = Access::Group, .group = 702});
  world_.create({.kind = Kind::Article, .access = Access::Draft});
  settle(world_);

  const Json articles = ask(server_, "/api/v2/help_center/articles").body["articles"];

  EXPECT_TRUE(articles[0]["user_segment_id"].is_null());
  EXPECT_EQ(articles[1]["user_segment_id"], 360);
  EXPECT_EQ(articles[2]["user_segment_id"], 702);
  EXPECT_EQ(articles[3]["draft"], true);
  EXPECT_EQ(ask(server_, "/api/v2/help_center/user_segments").body["user_segments"].size(), 4U);
}

TEST_F(ZendeskTest, DropsADeletedArticleFromEveryListing) {
  const Id id = world_.create({.kind = Kind::Article});
  settle(world_);
  world_.trash(id);
  settle(world_);

  EXPECT_THAT(ids(ask(server_, "/api/v2/help_center/articles").body["articles"]), IsEmpty());
  EXPECT_EQ(ask(server_, "/api/v2/help_center/articles/" + std::to_string(id)).status, 404);
}

TEST_F(ZendeskTest, RefusesNumberedPagesBeyondAHundredAndCursorPagesOverAHundredRows) {
  EXPECT_EQ(ask(server_, "/api/v2/help_center/articles?page=101").status, 400);
  EXPECT_EQ(ask(server_, "/api/v2/help_center/articles?page[size]=101").status, 400);
}

TEST_F(ZendeskTest, AllowsTenExportsAMinuteWhereLimitsAreOn) {
  settle(world_);
  ZendeskServer server(world_, {.rate_limits = true});
  const std::string target = std::string(kExport) + "?start_time=" + std::to_string(start_);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(ask(server, target).status, 200);

  const Answer refused = ask(server, target);

  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "60");
  world_.advance(seconds{60});
  EXPECT_EQ(ask(server, target).status, 200);
}

TEST_F(ZendeskTest, AsksForCredentials) {
  http::Request request = get("/api/v2/help_center/articles");
  request.headers.clear();

  EXPECT_EQ(ask(server_, request).status, 401);
}

}  // namespace
}  // namespace freshet::simulation
