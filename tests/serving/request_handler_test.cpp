#include "serving/request_handler.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using testing::post_json;
using testing::request_text;
using testing::TestServer;

TEST(RequestHandler, EchoesTheCallersRequestId) {
  TestServer server;
  server.start();

  const auto response =
      exchange(server.port(), request_text("GET", "/nowhere", "X-Request-Id: call-7\r\n"));

  EXPECT_EQ(response.headers.at("x-request-id"), "call-7");
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["request_id"], "call-7");
  EXPECT_EQ(body["instance"], "/nowhere");
}

TEST(RequestHandler, TellsUnknownPathsFromUnknownMethods) {
  TestServer server;
  server.start();

  const auto path = exchange(server.port(), request_text("GET", "/v2/search"));
  const auto method = exchange(server.port(), request_text("DELETE", "/v1/status"));

  EXPECT_EQ(path.status, 404);
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.headers.at("allow"), "GET, HEAD");
}

TEST(RequestHandler, TurnsAnExceptionIntoAProblemWithoutItsText) {
  TestServer server;
  server.search = [](const index::Query&) -> Result<index::Answer> {
    throw std::runtime_error("secret path");
  };
  server.start();

  const auto response = exchange(server.port(), post_json("/v1/search", R"({"query":"refund"})"));

  EXPECT_EQ(response.status, 500);
  EXPECT_EQ(response.body.find("secret"), std::string::npos);
  EXPECT_THAT(server.log_text(), ::testing::HasSubstr("secret path"));
  EXPECT_EQ(exchange(server.port(), request_text("GET", "/healthz")).status, 200);
}

TEST(RequestHandler, SurvivesWhatIsNotEvenAnException) {
  TestServer server;
  server.search = [](const index::Query&) -> Result<index::Answer> { throw 7; };
  server.start();

  EXPECT_EQ(exchange(server.port(), post_json("/v1/search", R"({"query":"refund"})")).status, 500);
}

TEST(RequestHandler, LogsOneLinePerRequestWithoutWhatWasAsked) {
  TestServer server;
  server.start();

  exchange(server.port(), request_text("GET", "/v1/search?q=my+private+question"));
  server.request_stop();
  server.join();

  const auto log = server.log_text();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 1);
  EXPECT_THAT(log, ::testing::HasSubstr(R"("route":"/v1/search","status":200)"));
  EXPECT_EQ(log.find("private"), std::string::npos);
}

}  // namespace
}  // namespace freshet::serving
