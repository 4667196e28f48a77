#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using testing::TestServer;

int status_with(const TestServer& server, const std::string& headers,
                const std::string& version = "1.1") {
  return exchange(server.port(), "GET /healthz HTTP/" + version + "\r\n" + headers + "\r\n").status;
}

TEST(Access, TakesRequestsThatNameThisMachine) {
  TestServer server;
  server.start();

  EXPECT_EQ(status_with(server, "Host: 127.0.0.1:8088\r\n"), 200);
  EXPECT_EQ(status_with(server, "Host: [::1]\r\n"), 200);
  EXPECT_EQ(status_with(server, "Host: localhost\r\nOrigin: http://localhost:3000\r\n"), 200);
  EXPECT_EQ(status_with(server, "", "1.0"), 200);
}

TEST(Access, RefusesForeignHostsOnEveryPath) {
  TestServer server;
  server.start();

  EXPECT_EQ(status_with(server, "Host: evil.example\r\n"), 403);
  EXPECT_EQ(exchange(server.port(), "GET /nowhere HTTP/1.1\r\nHost: evil.example\r\n\r\n").status,
            403);
  EXPECT_EQ(status_with(server, "Host: evil.example\r\n", "1.0"), 403);
}

TEST(Access, RefusesForeignOrigins) {
  TestServer server;
  server.start();

  for (const auto* origin :
       {"https://evil.example", "null", "http://localhost.evil.example", "file://localhost", ""}) {
    EXPECT_EQ(status_with(server, std::string("Host: localhost\r\nOrigin: ") + origin + "\r\n"),
              403)
        << origin;
  }
  EXPECT_EQ(
      status_with(server,
                  "Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://evil.example\r\n"),
      403);
}

TEST(Access, RefusesAmbiguousHosts) {
  TestServer server;
  server.start();

  EXPECT_EQ(status_with(server, ""), 400);
  EXPECT_EQ(status_with(server, "Host: localhost\r\nHost: evil.example\r\n"), 400);
  EXPECT_EQ(
      exchange(server.port(), "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
          .status,
      400);
}

}  // namespace
}  // namespace freshet::serving
