#include "serving/wire/search_request.h"

#include <nlohmann/json.hpp>

#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::AllOf;
using ::testing::HasSubstr;

Json json(std::string_view text) {
  auto parsed = parse_json(text);
  EXPECT_THAT(parsed, ::freshet::testing::Succeeds());
  return *std::move(parsed);
}

Problem problem_of(std::string_view text) {
  auto read = read_search_request(json(text));
  const auto* problem = std::get_if<Problem>(&read);
  EXPECT_NE(problem, nullptr) << text;
  return problem == nullptr ? Problem{} : *problem;
}

TEST(SearchRequest, NeedsOnlyTheQuery) {
  ASSERT_SUCCEEDS(const auto query, parse_search_request(json(R"({"query":"refund"})")));

  EXPECT_EQ(query.text, "refund");
  EXPECT_EQ(query.top_k, 10U);
  EXPECT_EQ(query.mode, index::SearchMode::Hybrid);
  EXPECT_EQ(query.alpha, std::nullopt);
  EXPECT_EQ(query.principals, std::vector<std::string>{"public"});
}

TEST(SearchRequest, ReadsEveryMember) {
  ASSERT_SUCCEEDS(const auto query, parse_search_request(json(R"({
    "query": "refund", "top_k": 200, "mode": "vector", "alpha": 0.25,
    "filters": {"type": "eq", "key": "product", "value": "billing"}, "principals": ["public"],
    "group_by": "document", "group_size": 2, "min_relevance": 1, "explain": true})")));

  EXPECT_EQ(query.top_k, 200U);
  EXPECT_EQ(query.mode, index::SearchMode::Vector);
  EXPECT_EQ(query.alpha, 0.25);
  ASSERT_TRUE(query.filter.has_value());
  EXPECT_EQ(query.filter->key, "product");
  EXPECT_EQ(query.group_by, index::GroupBy::Document);
  EXPECT_EQ(query.group_size, 2U);
  EXPECT_EQ(query.min_relevance, 1.0);
  EXPECT_EQ(query.explain, index::Explain::Yes);
}

TEST(SearchRequest, TakesKeywordForLexicalAndNullForAbsent) {
  ASSERT_SUCCEEDS(
      const auto query,
      parse_search_request(json(R"({"query":"q","mode":"keyword","alpha":null,"filters":null})")));

  EXPECT_EQ(query.mode, index::SearchMode::Keyword);
  EXPECT_EQ(query.alpha, std::nullopt);
  EXPECT_EQ(query.filter, std::nullopt);
}

TEST(SearchRequest, NamesAnUnknownMemberAndTheNearestKnownOne) {
  const auto problem = problem_of(R"({"query":"q","topk":3})");

  EXPECT_EQ(problem.code, ProblemCode::UnknownField);
  EXPECT_EQ(problem.errors.at(0).pointer, "/topk");
  EXPECT_THAT(problem.detail, AllOf(HasSubstr("topk"), HasSubstr("did you mean \"top_k\"")));
}

TEST(SearchRequest, NamesEveryWrongMemberAtOnce) {
  const auto problem = problem_of(R"({"query":3,"top_k":"5","explain":1})");

  EXPECT_EQ(problem.code, ProblemCode::InvalidRequest);
  ASSERT_EQ(problem.errors.size(), 3U);
  EXPECT_EQ(problem.errors[0].pointer, "/query");
  EXPECT_EQ(problem.errors[1].pointer, "/top_k");
  EXPECT_EQ(problem.errors[2].pointer, "/explain");
}

TEST(SearchRequest, RefusesValuesJustOutsideTheirRange) {
  for (const auto* member :
       {R"("top_k":0)", R"("top_k":201)", R"("top_k":-1)", R"("top_k":1.5)",
        R"("top_k":18446744073709551615)", R"("top_k":1e30)", R"("alpha":-0.01)", R"("alpha":1.01)",
        R"("alpha":"0.5")", R"("group_size":0)", R"("group_size":21)", R"("min_relevance":1.1)",
        R"("min_relevance":null)", R"("mode":"both")", R"("mode":["hybrid"])",
        R"("group_by":"source")", R"("explain":"true")", R"("filters":[])",
        R"("filters":{"type":"like"})"}) {
    const auto problem = problem_of(std::string(R"({"query":"q",)") + member + "}");
    EXPECT_EQ(problem.code, ProblemCode::InvalidRequest) << member;
    EXPECT_EQ(problem.errors.size(), 1U) << member;
  }
}

TEST(SearchRequest, RefusesToBelieveWhoAsks) {
  for (const auto* principals :
       {R"(["group:staff"])", R"(["public","group:staff"])", "[]", R"("public")", "null"}) {
    const auto problem =
        problem_of(std::string(R"({"query":"q","principals":)") + principals + "}");
    EXPECT_THAT(problem.detail, HasSubstr("allowed to assert")) << principals;
  }
}

TEST(SearchRequest, NeedsAnObjectWithSomethingToAsk) {
  for (const auto* body : {"[]", "\"q\"", "null", "3", "{}", R"({"query":""})",
                           R"({"query":" \n"})", R"({"query":null})"}) {
    EXPECT_EQ(problem_of(body).code, ProblemCode::InvalidRequest) << body;
  }
}

TEST(SearchRequest, SaysEveryFaultInOneMessageToCallersWithoutHttp) {
  EXPECT_THAT(parse_search_request(json(R"({"query":"","top_k":0})")),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("/query"), HasSubstr("/top_k"))));
}

}  // namespace
}  // namespace freshet::serving
