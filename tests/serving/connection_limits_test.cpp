#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using std::chrono::milliseconds;
using testing::exchange;
using testing::post_json;
using testing::RawClient;
using testing::request_text;
using testing::TestServer;

std::string body_of_size(std::size_t size) {
  std::string body = R"({"query":"a"})";
  body.insert(body.size() - 1, size - body.size(), ' ');
  return body;
}

TEST(ConnectionLimits, TakeABodyOfExactlyTheLimitAndNotAByteMore) {
  TestServer server;
  server.settings.max_body_bytes = 100'000;
  server.start();

  const auto within = exchange(server.port(), post_json("/v1/search", body_of_size(100'000)));
  const auto beyond = exchange(server.port(), post_json("/v1/search", body_of_size(100'001)));

  EXPECT_EQ(within.status, 200) << within.body;
  EXPECT_EQ(beyond.status, 413);
  EXPECT_EQ(beyond.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(beyond.headers.at("connection"), "close");
}

TEST(ConnectionLimits, CountAChunkedBodyToo) {
  TestServer server;
  server.settings.max_body_bytes = 1000;
  server.start();

  const auto response =
      exchange(server.port(),
               "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
               "3e9\r\n" +
                   std::string(1001, ' ') + "\r\n0\r\n\r\n");

  EXPECT_EQ(response.status, 413);
}

TEST(ConnectionLimits, RefuseAHeaderThatIsTooLarge) {
  TestServer server;
  server.settings.max_header_bytes = 4096;
  server.start();

  const auto within = exchange(
      server.port(), request_text("GET", "/healthz", "X: " + std::string(3000, 'a') + "\r\n"));
  const auto beyond = exchange(
      server.port(), request_text("GET", "/healthz", "X: " + std::string(5000, 'a') + "\r\n"));
  const auto endless = exchange(server.port(), "GET /" + std::string(300'000, 'a'));

  EXPECT_EQ(within.status, 200);
  EXPECT_EQ(beyond.status, 431);
  EXPECT_EQ(endless.status, 431);
}

TEST(ConnectionLimits, CutOffAClientThatNeverFinishesItsHeader) {
  TestServer server;
  server.settings.request_timeout = milliseconds(50);
  server.start();
  RawClient slow(server.port());

  slow.send("GET /healthz HTTP/1.1\r\nHost: loc");

  EXPECT_TRUE(slow.is_closed_by_server());
}

TEST(ConnectionLimits, CutOffAClientThatNeverFinishesItsBody) {
  TestServer server;
  server.settings.request_timeout = milliseconds(50);
  server.start();
  RawClient slow(server.port());

  slow.send("POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");

  EXPECT_TRUE(slow.is_closed_by_server());
}

TEST(ConnectionLimits, CloseAConnectionThatStaysSilent) {
  TestServer server;
  server.settings.idle_timeout = milliseconds(50);
  server.start();
  RawClient silent(server.port());

  EXPECT_TRUE(silent.is_closed_by_server());
}

TEST(ConnectionLimits, SlowClientsDoNotHoldUpOthers) {
  TestServer server;
  server.start();
  std::vector<std::unique_ptr<RawClient>> slow;
  for (int i = 0; i < 200; ++i) {
    slow.push_back(std::make_unique<RawClient>(server.port()));
    slow.back()->send(
        "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
  }

  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(exchange(server.port(), post_json("/v1/search", R"({"query":"refund"})")).status,
              200);
  }
}

TEST(ConnectionLimits, TurnAwayTheConnectionThatIsOneTooMany) {
  TestServer server;
  server.settings.max_connections = 2;
  server.start();
  RawClient first(server.port());
  RawClient second(server.port());
  // Answers prove that both are counted.
  first.send(request_text("GET", "/healthz"));
  EXPECT_EQ(first.read_response().status, 200);
  second.send(request_text("GET", "/healthz"));
  EXPECT_EQ(second.read_response().status, 200);

  RawClient third(server.port());
  third.send(request_text("GET", "/healthz"));
  const auto refused = third.read_response();

  EXPECT_EQ(refused.status, 503);
  ASSERT_SUCCEEDS(const Json body, parse_json(refused.body));
  EXPECT_EQ(body["code"], "too_many_connections");
  EXPECT_TRUE(third.is_closed_by_server());
  first.send(request_text("GET", "/healthz"));
  EXPECT_EQ(first.read_response().status, 200);
}

}  // namespace
}  // namespace freshet::serving
