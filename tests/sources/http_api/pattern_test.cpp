#include "sources/http_api/pattern.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

bool matches(std::string_view pattern, std::string_view text) {
  const auto compiled = Pattern::compile(pattern);
  EXPECT_TRUE(compiled.has_value()) << pattern;
  return compiled && compiled->matches_whole(text);
}

TEST(Pattern, MatchesWholeTextsOnly) {
  EXPECT_TRUE(matches("[a-z]+", "abc"));
  EXPECT_FALSE(matches("[a-z]+", "abc1"));
  EXPECT_FALSE(matches("[a-z]+", "abc\n"));
  EXPECT_FALSE(matches("[a-z]+", ""));
  EXPECT_TRUE(matches("", ""));
  EXPECT_TRUE(matches("a|ab", "ab"));
  EXPECT_TRUE(matches("é{2}\\d", "éé7"));
}

TEST(Pattern, SaysWhatIsWrongWithIt) {
  EXPECT_THAT(Pattern::compile("[a-"),
              FailsWith(ErrorKind::Invalid,
                        ::testing::AllOf(HasSubstr("\"[a-\""), HasSubstr("regular expression"))));
}

TEST(Pattern, GivesUpWhereItBacktracksWithoutEnd) {
  EXPECT_FALSE(matches("(a*)*b", std::string(40, 'a')));
}

}  // namespace
}  // namespace freshet::sources::http_api
