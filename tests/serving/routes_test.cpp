#include "serving/routes.h"

#include <fstream>
#include <sstream>

#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Match find(std::string_view method, std::string_view target) {
  const auto parsed = parse_target(target);
  EXPECT_THAT(parsed, ::freshet::testing::Succeeds());
  return find_route(method, *parsed);
}

/// The text between "<!-- NAME:begin -->" and "<!-- NAME:end -->" of docs/api.md.
std::string generated_part(const std::string& name) {
  std::ifstream file("docs/api.md");  // ctest starts tests in the source directory.
  std::stringstream text;
  text << file.rdbuf();
  const std::string page = text.str();
  const std::string begin = "<!-- " + name + ":begin -->\n";
  const auto from = page.find(begin);
  const auto to = page.find("<!-- " + name + ":end -->");
  if (from == std::string::npos || to == std::string::npos) return "the markers are missing";
  return page.substr(from + begin.size(), to - from - begin.size());
}

TEST(Routes, AreTheTableInTheDocumentation) {
  EXPECT_EQ(generated_part("routes"), route_table());
}

TEST(Routes, ProblemsAreTheTableInTheDocumentation) {
  EXPECT_EQ(generated_part("problems"), problem_table());
}

TEST(Routes, FindADocumentIdThatHoldsSlashes) {
  const auto match = find("GET", "/v1/documents/docs%3Aa%2Fb.md");

  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->pattern, "/v1/documents/{id}");
  EXPECT_EQ(match.argument, "docs:a/b.md");
}

TEST(Routes, HeadGoesWhereGetGoes) {
  const auto match = find("HEAD", "/healthz");

  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->pattern, "/healthz");
}

TEST(Routes, NameTheMethodsOfAKnownPath) {
  const auto match = find("DELETE", "/v1/search");

  EXPECT_EQ(match.route, nullptr);
  EXPECT_THAT(match.allowed, ElementsAre("POST", "QUERY", "GET", "HEAD"));
}

TEST(Routes, KnowNoOtherPaths) {
  for (const auto* target : {"/", "/v1", "/v1/search/", "//v1/search", "/v1/documents",
                             "/v1/documents/", "/v1/documents/a/b", "/healthz/x", "/V1/search"}) {
    EXPECT_THAT(find("GET", target).allowed, IsEmpty()) << target;
  }
}

TEST(Routes, MethodsAreCaseSensitive) {
  EXPECT_EQ(find("get", "/healthz").route, nullptr);
}

}  // namespace
}  // namespace freshet::serving
