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

Result<std::shared_ptr<const index::Snapshot>> nothing_published() {
  return Error{ErrorKind::NotFound, "nothing is published yet"};
}

TEST(StatusEndpoint, DescribesTheIndexAlsoWhenTheLedgerIsBroken) {
  TestServer server;
  server.start();

  const auto response = exchange(server.port(), request_text("GET", "/v1/status"));

  EXPECT_EQ(response.status, 200);
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["index"]["ready"], true);
  EXPECT_EQ(body["index"]["generation"], 7);
  EXPECT_EQ(body["index"]["age_seconds"], 120);
  EXPECT_EQ(body["index"]["documents"], 1);
  EXPECT_EQ(body["encoder"], "model test");
  EXPECT_EQ(body["ledger"]["available"], false);
  EXPECT_THAT(body["ledger"]["problem"].get<std::string>(), ::testing::HasSubstr("ledger.sqlite"));
}

TEST(StatusEndpoint, SaysThatNothingIsPublished) {
  TestServer server;
  server.newest_snapshot = nothing_published;
  server.start();

  ASSERT_SUCCEEDS(const Json body,
                  parse_json(exchange(server.port(), request_text("GET", "/v1/status")).body));

  EXPECT_EQ(body["index"]["ready"], false);
  EXPECT_EQ(body["index"]["problem"], "nothing is published yet");
}

TEST(HealthEndpoint, AnswersWhateverTheIndexDoes) {
  TestServer server;
  server.newest_snapshot = nothing_published;
  server.start();

  EXPECT_EQ(exchange(server.port(), request_text("GET", "/healthz")).status, 200);
}

TEST(ReadinessEndpoint, FollowsTheFirstGeneration) {
  TestServer server;
  std::atomic<bool> published = false;
  server.newest_snapshot = [&]() -> Result<std::shared_ptr<const index::Snapshot>> {
    if (!published) return nothing_published();
    return std::shared_ptr<const index::Snapshot>(server.snapshot);
  };
  server.start();

  const auto before = exchange(server.port(), request_text("GET", "/readyz"));
  published = true;
  const auto after = exchange(server.port(), request_text("GET", "/readyz"));

  EXPECT_EQ(before.status, 503);
  EXPECT_THAT(before.body, ::testing::HasSubstr("nothing is published yet"));
  EXPECT_EQ(after.status, 200);
}

}  // namespace
}  // namespace freshet::serving
