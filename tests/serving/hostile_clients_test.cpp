#include <random>

#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using testing::post_json;
using testing::RawClient;
using testing::request_text;
using testing::TestServer;

TEST(HostileClients, GetAProblemForWhatIsNotHttp) {
  TestServer server;
  server.start();

  for (const auto* garbage :
       {"\x16\x03\x01\x02\x01\x01\x01\xfc\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\nbad header\r\n\r\n", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "G\x01T / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\nHost: localhost\n\n",
        "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: "
        "2\r\n\r\n{}",
        "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
        "chunked\r\n\r\nzz\r\n"}) {
    auto response = exchange(server.port(), garbage);
    EXPECT_EQ(response.status, 400) << garbage;
    EXPECT_EQ(response.headers["content-type"], "application/problem+json") << garbage;
  }
}

TEST(HostileClients, LeavingMidRequestHarmsNobody) {
  TestServer server;
  server.start();
  const auto whole = post_json("/v1/search", R"({"query":"refund"})");

  for (std::size_t length = 0; length < whole.size(); length += 3) {
    RawClient client(server.port());
    client.send(whole.substr(0, length));
  }

  EXPECT_EQ(exchange(server.port(), whole).status, 200);
}

/// A valid request with a few bytes replaced, removed or doubled.
std::string mutated(std::string text, std::mt19937& random) {
  const auto edits = 1 + random() % 6;
  for (std::size_t i = 0; i < edits && !text.empty(); ++i) {
    const auto at = random() % text.size();
    switch (random() % 3) {
      case 0:
        text[at] = static_cast<char>(random() % 256);
        break;
      case 1:
        text.erase(at, 1 + random() % 4);
        break;
      default:
        text.insert(at, text.substr(at, random() % 40));
    }
  }
  return text;
}

TEST(HostileClients, AThousandMangledRequestsLeaveTheServerAnswering) {
  TestServer server;
  server.settings.request_timeout = std::chrono::milliseconds(200);
  server.start();
  std::mt19937 random(20261121);
  const std::vector<std::string> seeds{
      post_json("/v1/search",
                R"({"query":"refund","top_k":5,"filters":{"type":"eq","key":"a","value":"b"}})"),
      request_text("GET", "/v1/documents/docs%3Arefunds%2Fcards.md"),
      request_text("GET", "/v1/search?q=refund&top_k=3"),
      "POST /v1/search HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
      "chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"};

  for (int i = 0; i < 1000; ++i) {
    RawClient client(server.port());
    client.send(mutated(seeds[random() % seeds.size()], random));
  }

  EXPECT_EQ(exchange(server.port(), seeds[0]).status, 200);
  EXPECT_EQ(server.log_text().find("http.exception"), std::string::npos);
}

}  // namespace
}  // namespace freshet::serving
