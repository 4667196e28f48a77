#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using testing::request_text;
using testing::TestServer;

constexpr std::string_view kRefunds = "/v1/documents/docs%3Arefunds%2Fcards.md";

TEST(DocumentEndpoint, ShowsADocumentWithItsPassages) {
  TestServer server;
  server.start();

  const auto response = exchange(server.port(), request_text("GET", kRefunds));

  EXPECT_EQ(response.status, 200) << response.body;
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["document_id"], "docs:refunds/cards.md");
  EXPECT_EQ(body["title"], "When will my refund arrive?");
  EXPECT_EQ(body["index"]["generation"], 7);
  ASSERT_EQ(body["passages"].size(), 2U);
  EXPECT_EQ(body["passages"][1]["id"], "docs:refunds/cards.md#1");
  EXPECT_EQ(body["passages"][1]["content"], "PayPal takes two.");
  EXPECT_EQ(body["passages"][1]["range"]["byte_begin"], 100);
  EXPECT_FALSE(body.contains("allow"));
}

TEST(DocumentEndpoint, IsTheSameNotFoundForAbsentAndHidden) {
  TestServer server;
  auto hidden = testing::refund_fields();
  hidden.id = "docs:staff.md";
  hidden.allow = {"group:staff"};
  auto denied = testing::refund_fields();
  denied.id = "docs:denied.md";
  denied.deny = {"public"};
  server.snapshot->add(hidden, {"secret"});
  server.snapshot->add(denied, {"secret"});
  server.start();

  for (const auto* id : {"docs%3Aabsent.md", "docs%3Astaff.md", "docs%3Adenied.md", "%00", "%FF"}) {
    const auto response =
        exchange(server.port(), request_text("GET", std::string("/v1/documents/") + id));
    EXPECT_EQ(response.status, 404) << id;
    ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
    EXPECT_EQ(body["detail"], "no such document, or it may not be shown");
  }
}

TEST(DocumentEndpoint, AnswersNotModifiedWhileTheContentIsTheSame) {
  TestServer server;
  server.start();
  testing::RawClient client(server.port());

  client.send(request_text("GET", kRefunds));
  const auto tag = client.read_response().headers.at("etag");
  client.send(request_text("GET", kRefunds, "If-None-Match: \"other\", " + tag.substr(2) + "\r\n"));
  const auto same = client.read_head();
  client.send(request_text("GET", kRefunds, "If-None-Match: \"other\"\r\n"));
  const auto changed = client.read_response();

  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.headers.at("etag"), tag);
  EXPECT_EQ(changed.status, 200);
}

TEST(DocumentEndpoint, SaysNothingOfFreshnessWhenTheLedgerCannotBeOpened) {
  TestServer server;
  server.start();

  ASSERT_SUCCEEDS(const Json body,
                  parse_json(exchange(server.port(), request_text("GET", kRefunds)).body));

  EXPECT_TRUE(body.at("freshness").is_null());
}

}  // namespace
}  // namespace freshet::serving
