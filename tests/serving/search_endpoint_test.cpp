#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using testing::exchange;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::post_json;
using testing::refund_answer;
using testing::request_text;
using testing::TestServer;

TEST(SearchEndpoint, AnswersAPostedQuery) {
  TestServer server;
  index::Query asked;
  server.search = [&](const index::Query& query) {
    asked = query;
    return refund_answer();
  };
  server.start();

  const auto response =
      exchange(server.port(), post_json("/v1/search", R"({"query":"refund","top_k":5})"));

  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(response.headers.at("content-type"), "application/json");
  EXPECT_EQ(response.headers.at("cache-control"), "no-store");
  EXPECT_EQ(response.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(response.headers.count("access-control-allow-origin"), 0U);
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["hits"][0]["id"], "docs:refunds/cards.md#0");
  EXPECT_EQ(body["request_id"], response.headers.at("x-request-id"));
  EXPECT_EQ(asked.text, "refund");
  EXPECT_EQ(asked.top_k, 5U);
}

TEST(SearchEndpoint, TakesTheQueryMethodAsAnAlias) {
  TestServer server;
  server.start();

  const auto response =
      exchange(server.port(), request_text("QUERY", "/v1/search",
                                           "Content-Type: application/json; charset=utf-8\r\n",
                                           R"({"query":"refund"})"));

  EXPECT_EQ(response.status, 200) << response.body;
}

TEST(SearchEndpoint, TakesSimpleQuestionsAsParameters) {
  TestServer server;
  index::Query asked;
  server.search = [&](const index::Query& query) {
    asked = query;
    return refund_answer();
  };
  server.start();

  const auto response = exchange(
      server.port(), request_text("GET", "/v1/search?q=late+refund%3F&top_k=3&mode=lexical"));

  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(asked.text, "late refund?");
  EXPECT_EQ(asked.top_k, 3U);
  EXPECT_EQ(asked.mode, index::SearchMode::Keyword);
}

TEST(SearchEndpoint, RefusesUnknownAndMalformedParameters) {
  TestServer server;
  server.start();

  const auto unknown = exchange(server.port(), request_text("GET", "/v1/search?q=a&topk=3"));
  const auto malformed = exchange(server.port(), request_text("GET", "/v1/search?q=a&top_k=three"));
  const auto absent = exchange(server.port(), request_text("GET", "/v1/search"));

  EXPECT_EQ(unknown.status, 400);
  EXPECT_THAT(unknown.body, HasSubstr("did you mean \\\"top_k\\\""));
  EXPECT_EQ(malformed.status, 400);
  EXPECT_EQ(absent.status, 400);
}

TEST(SearchEndpoint, RefusesBodiesThatAreNotJson) {
  TestServer server;
  server.start();

  for (const auto* body : {"", "{", "{\"query\":}", "\xff\xfe", "{\"query\":\"\xff\"}"}) {
    const auto response = exchange(server.port(), post_json("/v1/search", body));
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_EQ(response.headers.at("content-type"), "application/problem+json");
  }
}

TEST(SearchEndpoint, TakesJsonAsCurlSendsItUnlessTold) {
  TestServer server;
  server.start();

  for (const auto* type : {"", "Content-Type: application/x-www-form-urlencoded\r\n",
                           "Content-Type: Application/JSON ; charset=utf-8\r\n"}) {
    const auto response =
        exchange(server.port(), request_text("POST", "/v1/search", type, R"({"query":"refund"})"));
    EXPECT_EQ(response.status, 200) << type;
  }
}

TEST(SearchEndpoint, RefusesAnotherMediaType) {
  TestServer server;
  server.start();

  for (const auto* type :
       {"text/plain", "application/xml", "application/jsonp", "multipart/form-data"}) {
    const auto response =
        exchange(server.port(),
                 request_text("POST", "/v1/search", std::string("Content-Type: ") + type + "\r\n",
                              R"({"query":"refund"})"));
    EXPECT_EQ(response.status, 415) << type;
  }
}

TEST(SearchEndpoint, SaysThatNothingIsPublishedYetAndToComeBack) {
  TestServer server;
  server.search = [](const index::Query&) -> Result<index::Answer> {
    return Error{ErrorKind::NotFound, "nothing is published yet; run freshet sync"};
  };
  server.start();

  const auto response = exchange(server.port(), post_json("/v1/search", R"({"query":"refund"})"));

  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.headers.at("retry-after"), "1");
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["code"], "backend_unavailable");
  EXPECT_EQ(body["retryable"], true);
  EXPECT_EQ(body["detail"], "nothing is published yet; run freshet sync");
}

TEST(SearchEndpoint, TellsTheLogAndNotTheCallerWhyALegFailed) {
  TestServer server;
  server.search = [](const index::Query&) {
    auto answer = refund_answer();
    answer.degraded = {"keyword"};
    answer.failures = {"the keyword leg failed: open /srv/data/index/segments/1/keyword.glass"};
    answer.notes = {"the keyword leg could not answer"};
    return answer;
  };
  server.start();

  const auto response = exchange(server.port(), post_json("/v1/search", R"({"query":"refund"})"));

  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, HasSubstr("the keyword leg could not answer"));
  EXPECT_THAT(response.body, Not(HasSubstr("/srv/data")));
  EXPECT_THAT(server.log_text(), HasSubstr("/srv/data/index/segments/1/keyword.glass"));
}

TEST(SearchEndpoint, EachRequestAsksForTheNewestGeneration) {
  TestServer server;
  std::uint64_t generation = 7;
  server.search = [&](const index::Query&) {
    auto answer = refund_answer();
    answer.generation = generation++;
    return answer;
  };
  server.start();
  testing::RawClient client(server.port());

  for (int expected = 7; expected < 10; ++expected) {
    client.send(post_json("/v1/search", R"({"query":"refund"})"));
    ASSERT_SUCCEEDS(const Json body, parse_json(client.read_response().body));
    EXPECT_EQ(body["index"]["generation"], expected);
  }
}

}  // namespace
}  // namespace freshet::serving
