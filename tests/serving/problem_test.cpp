#include "serving/problem.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

TEST(Problem, HasTheMembersOfRfc9457AndOurs) {
  const Problem problem{
      ProblemCode::InvalidRequest, "/top_k: must be smaller", {{"/top_k", "must be smaller"}}};

  const auto response = problem_response(problem, "/v1/search", "id-1");

  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.content_type, "application/problem+json");
  ASSERT_SUCCEEDS(const Json body, parse_json(response.body));
  EXPECT_EQ(body["type"], "urn:freshet:problem:invalid_request");
  EXPECT_EQ(body["title"], "The request is malformed");
  EXPECT_EQ(body["status"], 400);
  EXPECT_EQ(body["detail"], "/top_k: must be smaller");
  EXPECT_EQ(body["instance"], "/v1/search");
  EXPECT_EQ(body["request_id"], "id-1");
  EXPECT_EQ(body["code"], "invalid_request");
  EXPECT_EQ(body["retryable"], false);
  EXPECT_EQ(body["errors"][0]["pointer"], "/top_k");
}

TEST(Problem, TellsCallersToComeBackWhereThatCanHelp) {
  const auto response = problem_response({ProblemCode::BackendUnavailable, "", {}}, "/", "id");

  EXPECT_THAT(response.headers, ::testing::ElementsAre(::testing::Pair("Retry-After", "1")));
}

TEST(Problem, EveryCodeIsItsOwnRow) {
  EXPECT_EQ(name_of(ProblemCode::InvalidRequest), "invalid_request");
  EXPECT_EQ(name_of(ProblemCode::Forbidden), "forbidden");
  EXPECT_EQ(name_of(ProblemCode::TooManyConnections), "too_many_connections");
  EXPECT_EQ(status_of(ProblemCode::PayloadTooLarge), 413);
  EXPECT_EQ(status_of(ProblemCode::TooManyConnections), 503);
}

TEST(Problem, AnIndexThatCannotAnswerIsNotTheCallersFault) {
  EXPECT_EQ(to_problem({ErrorKind::NotFound, ""}).code, ProblemCode::BackendUnavailable);
  EXPECT_EQ(to_problem({ErrorKind::Corrupt, ""}).code, ProblemCode::BackendUnavailable);
  EXPECT_EQ(to_problem({ErrorKind::Invalid, ""}).code, ProblemCode::InvalidRequest);
  EXPECT_EQ(to_problem({ErrorKind::Internal, ""}).code, ProblemCode::Internal);
}

}  // namespace
}  // namespace freshet::serving
