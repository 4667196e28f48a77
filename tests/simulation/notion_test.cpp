#include "tests/simulation/notion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulation/ask.h"

namespace freshet::simulation {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class NotionTest : public ::testing::Test {
 protected:
  Id page(Access access = Access::SignedIn, Id parent = 0) {
    const Id id = world_.create({.kind = Kind::Page, .access = access, .parent = parent});
    world_.advance(seconds{70});
    return id;
  }
  Answer search(std::string_view body = "{}") { return ask(server_, post("/v1/search", body)); }
  static std::vector<Id> found(const Answer& answer) {
    std::vector<Id> pages;
    for (const Json& row : answer.body["results"])
      pages.push_back(read_notion_id(std::string(row["id"])));
    return pages;
  }
  Json blocks(const std::string& id) {
    return ask(server_, "/v1/blocks/" + id + "/children").body["results"];
  }

  World world_{101};
  NotionServer server_{world_};
};

TEST_F(NotionTest, SearchesTheLastEditedFirst) {
  const Id first = page();
  const Id second = page();
  world_.edit(first);
  settle(world_);

  EXPECT_THAT(found(search()), ElementsAre(first, second));
  EXPECT_THAT(found(search(R"({"sort":{"direction":"ascending","timestamp":"last_edited_time"}})")),
              ElementsAre(second, first));
}

TEST_F(NotionTest, RoundsTimesDownToTheMinute) {
  world_.advance(seconds{61});
  const Id id = page();

  EXPECT_EQ(ask(server_, "/v1/pages/" + notion_id(id)).body["last_edited_time"],
            "2026-11-20T00:01:00.000Z");
}

TEST_F(NotionTest, GoesOnFromItsCursor) {
  for (int i = 0; i < 3; ++i) page();
  settle(world_);

  const Answer first = search(R"({"page_size":2})");
  const std::string cursor = first.body["next_cursor"];
  const Answer rest = search(R"({"page_size":2,"start_cursor":")" + cursor + "\"}");

  EXPECT_EQ(first.body["has_more"], true);
  EXPECT_EQ(rest.body["results"].size(), 1U);
  EXPECT_TRUE(rest.body["next_cursor"].is_null());
  EXPECT_EQ(search(R"({"page_size":101})").status, 400);
  EXPECT_EQ(search(R"({"start_cursor":"x"})").status, 400);
  EXPECT_EQ(search("[").status, 400);
}

TEST_F(NotionTest, SpreadsTheTextOverNestedBlocks) {
  const Id id = page();
  const Document& document = *world_.find(id);

  const Json top = blocks(notion_id(id));
  const Json toggle = blocks(top[2]["id"]);
  const Json deep = blocks(toggle[0]["id"]);

  EXPECT_THAT(dump_json(top), HasSubstr(document.version_marker()));
  EXPECT_THAT(dump_json(top), Not(HasSubstr(document.marker)));
  EXPECT_EQ(top[2]["has_children"], true);
  EXPECT_THAT(dump_json(deep), HasSubstr(document.marker));
  EXPECT_EQ(deep[0]["has_children"], false);
}

TEST_F(NotionTest, HidesWhatIsNotSharedAsMissing) {
  const Id hidden = page(Access::Hidden);
  const Id below = page(Access::SignedIn, hidden);
  settle(world_);

  EXPECT_THAT(found(search()), IsEmpty());
  EXPECT_EQ(ask(server_, "/v1/pages/" + notion_id(hidden)).status, 404);
  EXPECT_EQ(ask(server_, "/v1/blocks/" + notion_id(below) + "/children").status, 404);
}

TEST_F(NotionTest, ShowsTrashByIdOnly) {
  const Id trashed = page();
  const Id erased = page();
  world_.trash(trashed);
  world_.erase(erased);
  settle(world_);

  EXPECT_THAT(found(search()), IsEmpty());
  EXPECT_EQ(ask(server_, "/v1/pages/" + notion_id(trashed)).body["in_trash"], true);
  EXPECT_EQ(ask(server_, "/v1/pages/" + notion_id(erased)).status, 404);
}

TEST_F(NotionTest, ListsCommentsAndGivesMarkdown) {
  const Id id = page();
  world_.comment(id, Audience::Everyone);

  EXPECT_EQ(ask(server_, "/v1/comments?block_id=" + notion_id(id)).body["results"].size(), 1U);
  EXPECT_EQ(ask(server_, "/v1/pages/" + notion_id(id) + "/markdown").body["markdown"],
            world_.find(id)->text());
}

TEST_F(NotionTest, AsksForAVersion) {
  http::Request request = post("/v1/search", "{}");
  std::erase_if(request.headers,
                [](const auto& header) { return header.first == "Notion-Version"; });

  EXPECT_EQ(ask(server_, request).status, 400);
}

}  // namespace
}  // namespace freshet::simulation
