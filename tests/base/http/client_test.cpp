#include "base/http/client.h"

#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"
#include "tests/support/scripted_server.h"

namespace freshet::http {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedServer;

Result<Response> get(const std::string& url, const ClientOptions& options = {}) {
  const Client client(options);
  Request request;
  request.url = url;
  return client.send(request, Interruption{});
}

TEST(HttpClient, GivesStatusHeadersAndBody) {
  const ScriptedServer server(
      {Reply{418, "short and stout", {"X-Pot: tea", "x-pot: black", "Empty:"}, {}, 0, false}});

  ASSERT_SUCCEEDS(const auto response, get(server.url("/pot?size=2")));

  EXPECT_EQ(response.status, 418);
  EXPECT_EQ(response.body, "short and stout");
  EXPECT_EQ(response.headers.at("x-pot"), "tea, black");
  EXPECT_EQ(response.headers.at("empty"), "");
  EXPECT_THAT(server.requests().at(0).head,
              AllOf(HasSubstr("GET /pot?size=2 HTTP/1.1"), HasSubstr("User-Agent: freshet")));
}

TEST(HttpClient, PostsBodiesOfAnyBytesWithItsHeaders) {
  const ScriptedServer server({Reply{}});
  const Client client({});
  std::string body(2000000, 'x');
  body[5] = '\0';

  ASSERT_SUCCEEDS(
      const auto response,
      client.send({Method::Post, server.url(), {{"X-One", "1"}}, body}, Interruption{}));

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(server.requests().at(0).body, body);
  EXPECT_THAT(server.requests().at(0).head, AllOf(HasSubstr("X-One: 1"), Not(HasSubstr("Expect"))));
}

TEST(HttpClient, RefusesAnswersBeyondItsLimits) {
  ClientOptions options;
  options.max_body_bytes = 1000;
  options.max_header_bytes = 500;
  const ScriptedServer exact({Reply{200, {}, {}, {}, 1000, false}});
  const ScriptedServer large({Reply{200, {}, {}, {}, std::size_t{100} << 20, false}});
  const ScriptedServer endless(
      {Reply{200, {}, {}, "HTTP/1.1 200 OK\r\n\r\n", std::size_t{100} << 20, false}});
  const ScriptedServer headers(
      {Reply{200, {}, {"X-Long: " + std::string(600, 'x')}, {}, 0, false}});

  EXPECT_THAT(get(exact.url(), options), testing::Succeeds());
  EXPECT_THAT(get(large.url(), options), FailsWith(ErrorKind::Invalid, HasSubstr("1000 bytes")));
  EXPECT_THAT(get(endless.url(), options), FailsWith(ErrorKind::Invalid, HasSubstr("1000 bytes")));
  EXPECT_THAT(get(headers.url(), options), FailsWith(ErrorKind::Invalid, HasSubstr("headers")));
}

TEST(HttpClient, HeedsTheLimitOfARequest) {
  const ScriptedServer exact({Reply{200, {}, {}, {}, 1000, false}});
  const ScriptedServer large({Reply{200, {}, {}, {}, std::size_t{100} << 20, false}});
  const Client client({});
  Request request;
  request.max_body_bytes = 1000;

  request.url = exact.url();
  EXPECT_THAT(client.send(request, Interruption{}), testing::Succeeds());
  request.url = large.url();
  EXPECT_THAT(client.send(request, Interruption{}),
              FailsWith(ErrorKind::Invalid, HasSubstr("1000 bytes")));
}

/// Deflated with fixed codes: one letter, then "the same 258 times more" (13 bits) again and again.
std::string bomb(std::size_t repeats) {
  std::string bits =
      "110"
      "10101000";
  for (std::size_t i = 0; i < repeats; ++i) bits += "1100010100000";
  std::string bytes = {'\x1f', '\x8b', '\x08', 0, 0, 0, 0, 0, 0, 3};
  for (std::size_t at = 0; at + 8 <= bits.size(); at += 8) {
    unsigned byte = 0;
    for (std::size_t bit = 0; bit < 8; ++bit) byte |= (bits[at + bit] == '1' ? 1U : 0U) << bit;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

TEST(HttpClient, CountsBytesBehindTheDecompression) {
  const std::string packed = bomb(100'000);
  ASSERT_LT(packed.size(), std::size_t{200'000});
  const ScriptedServer server({Reply{200, packed, {"Content-Encoding: gzip"}, {}, 0, false}});
  const Client client({});
  Request request;
  request.url = server.url();
  request.max_body_bytes = std::size_t{1} << 20;

  EXPECT_THAT(client.send(request, Interruption{}),
              FailsWith(ErrorKind::Invalid, HasSubstr("larger than 1048576 bytes")));
}

TEST(HttpClient, GivesUpOnASilentServer) {
  const ScriptedServer server({Reply{200, {}, {}, {}, 0, true}});
  ClientOptions options;
  options.timeout = std::chrono::milliseconds(50);

  EXPECT_THAT(get(server.url(), options), FailsWith(ErrorKind::Unavailable, HasSubstr("Timeout")));
}

TEST(HttpClient, CallsAnUnreachableServerUnavailable) {
  std::string url;
  {
    const ScriptedServer gone({Reply{}});
    url = gone.url();
  }

  EXPECT_THAT(get(url), FailsWith(ErrorKind::Unavailable, HasSubstr("127.0.0.1")));
}

TEST(HttpClient, SurvivesAnswersThatAreNotHttp) {
  for (const std::string raw : {"garbage\r\n\r\n", "HTTP/1.1 999999 X\r\n\r\n",
                                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
                                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip"}) {
    const ScriptedServer server({Reply{200, {}, {}, raw, 0, false}});

    EXPECT_FALSE(get(server.url()).has_value()) << raw;
  }
}

TEST(HttpClient, FollowsRedirectsOnlyWhenAsked) {
  const ScriptedServer target({Reply{200, "here", {}, {}, 0, false}});
  const ScriptedServer server({Reply{302, {}, {"Location: " + target.url()}, {}, 0, false}});
  ClientOptions following;
  following.max_redirects = 1;

  ASSERT_SUCCEEDS(const auto plain, get(server.url()));
  ASSERT_SUCCEEDS(const auto followed, get(server.url(), following));

  EXPECT_EQ(plain.status, 302);
  EXPECT_EQ(plain.headers.at("location"), target.url());
  EXPECT_EQ(followed.status, 200);
  EXPECT_EQ(followed.body, "here");
  EXPECT_FALSE(followed.headers.contains("location"));
}

TEST(HttpClient, NeverLeavesHttp) {
  const ScriptedServer server({Reply{302, {}, {"Location: file:///etc/passwd"}, {}, 0, false}});
  ClientOptions following;
  following.max_redirects = 3;

  EXPECT_FALSE(get(server.url(), following).has_value());
  EXPECT_THAT(get("file:///etc/passwd"), FailsWith(ErrorKind::Invalid, HasSubstr("neither http")));
  EXPECT_THAT(get("gopher://127.0.0.1/"), FailsWith(ErrorKind::Invalid, HasSubstr("neither http")));
  EXPECT_THAT(get(""), FailsWith(ErrorKind::Invalid, HasSubstr("neither http")));
}

TEST(HttpClient, SendsNothingToAddressesOutOfReach) {
  const ScriptedServer server({Reply{}});
  ClientOptions options;
  options.reach = Reach::PublicInternet;

  EXPECT_THAT(get(server.url(), options),
              FailsWith(ErrorKind::Refused, HasSubstr("public internet")));
  EXPECT_TRUE(server.requests().empty());
}

TEST(HttpClient, RefusesHeadersThatWouldSmuggleOthers) {
  const Client client({});

  EXPECT_THAT(client.send({Method::Get, "http://127.0.0.1:1/", {{"A", "b\r\nEvil: yes"}}, {}},
                          Interruption{}),
              FailsWith(ErrorKind::Invalid, HasSubstr("line break")));
  EXPECT_THAT(
      client.send({Method::Get, "http://127.0.0.1:1/", {{"A: b", "c"}}, {}}, Interruption{}),
      FailsWith(ErrorKind::Invalid, HasSubstr("colon")));
}

TEST(HttpClient, KeepsSecretsOutOfItsMessages) {
  ClientOptions options;
  options.connect_timeout = std::chrono::milliseconds(200);
  const auto result = get("http://user:hunter2@127.0.0.1:1/path?token=abc123", options);

  EXPECT_THAT(result, FailsWith(ErrorKind::Unavailable,
                                AllOf(HasSubstr("http://127.0.0.1:1/path"),
                                      Not(HasSubstr("hunter2")), Not(HasSubstr("abc123")))));
}

TEST(HttpClient, DoesNotStartWhenInterrupted) {
  const ScriptedServer server({Reply{}});
  const testing::ManualClock clock;
  const Client client({});
  Request request;
  request.url = server.url();

  EXPECT_THAT(client.send(request, Interruption{{}, clock, clock.now()}),
              FailsWith(ErrorKind::Interrupted, HasSubstr("interrupted")));
  EXPECT_TRUE(server.requests().empty());
}

TEST(DisplayableUrl, DropsWhatMayBeSecret) {
  EXPECT_EQ(displayable_url("https://a:b@host/x?y#z"), "https://host/x");
  EXPECT_EQ(displayable_url("https://a@b@host"), "https://host");
  EXPECT_EQ(displayable_url("https://host/a@b"), "https://host/a@b");
  EXPECT_EQ(displayable_url("nonsense?secret"), "nonsense");
  EXPECT_EQ(displayable_url(""), "");
}

}  // namespace
}  // namespace freshet::http
