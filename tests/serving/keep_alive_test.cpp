#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::post_json;
using testing::RawClient;
using testing::request_text;
using testing::TestServer;

TEST(KeepAlive, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  server.start();
  RawClient client(server.port());
  std::string burst;
  for (int i = 0; i < 100; ++i) {
    const std::string id =
        "X-Request-Id: n" + std::to_string(i) + "\r\nContent-Type: application/json\r\n";
    burst += i % 2 == 0 ? request_text("GET", "/healthz", id)
                        : request_text("POST", "/v1/search", id, R"({"query":"refund"})");
  }

  client.send(burst);

  for (int i = 0; i < 100; ++i) {
    const auto response = client.read_response();
    ASSERT_EQ(response.status, 200) << i;
    EXPECT_EQ(response.headers.at("x-request-id"), "n" + std::to_string(i));
  }
}

TEST(KeepAlive, OneBadRequestDoesNotEndTheConversation) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  client.send(post_json("/v1/search", "{"));
  EXPECT_EQ(client.read_response().status, 400);
  client.send(request_text("GET", "/healthz"));
  EXPECT_EQ(client.read_response().status, 200);
}

TEST(KeepAlive, EndsWhenTheClientAsks) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  client.send(request_text("GET", "/healthz", "Connection: close\r\n"));

  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(KeepAlive, Http10ClosesAfterOneRequest) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  client.send("GET /healthz HTTP/1.0\r\n\r\n");

  EXPECT_EQ(client.read_response().status, 200);
  EXPECT_TRUE(client.is_closed_by_server());
}

TEST(KeepAlive, Http10KeepsOpenWhenTheClientAsksAndIsToldSo) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  for (int i = 0; i < 2; ++i) {
    client.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.read_response().headers["connection"], "keep-alive");
  }
}

TEST(KeepAlive, HeadHasGetsHeaderAndNoBody) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  client.send(request_text("HEAD", "/healthz") + request_text("GET", "/healthz"));
  const auto head = client.read_head();
  const auto get = client.read_response();

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(get.status, 200);
  EXPECT_EQ(head.headers.at("content-length"), get.headers.at("content-length"));
}

TEST(KeepAlive, TakesChunkedBodiesAndAllowsThemFirst) {
  TestServer server;
  server.start();
  RawClient client(server.port());

  client.send(
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_head().status, 100);
  client.send("8\r\n{\"query\"\r\n5\r\n:\"a\"}\r\n0\r\n\r\n");

  EXPECT_EQ(client.read_response().status, 200);
}

}  // namespace
}  // namespace freshet::serving
