#include "serving/target.h"

#include "base/percent_encode.h"

#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(Target, DecodesSegmentsAfterSplittingThem) {
  ASSERT_SUCCEEDS(const auto target, parse_target("/v1/documents/docs%3Aa%2Fb%20c.md"));

  EXPECT_THAT(target.segments, ElementsAre("v1", "documents", "docs:a/b c.md"));
}

TEST(Target, KeepsAPlusInPathsAndMakesItASpaceInParameters) {
  ASSERT_SUCCEEDS(const auto target, parse_target("/c++?q=c%2B%2B+errors&&flag&q="));

  EXPECT_THAT(target.segments, ElementsAre("c++"));
  EXPECT_THAT(target.parameters,
              ElementsAre(Pair("q", "c++ errors"), Pair("flag", ""), Pair("q", "")));
}

TEST(Target, KeepsEmptySegments) {
  ASSERT_SUCCEEDS(const auto root, parse_target("/"));
  ASSERT_SUCCEEDS(const auto doubled, parse_target("/a//b/"));

  EXPECT_THAT(root.segments, ElementsAre(""));
  EXPECT_THAT(doubled.segments, ElementsAre("a", "", "b", ""));
}

TEST(Target, RefusesWhatIsNoPathOrHasBrokenEscapes) {
  for (const auto* text :
       {"", "*", "v1/search", "http://evil.example/", "/%", "/%4", "/%zz", "/a?q=%", "/a?%g0=1"}) {
    EXPECT_THAT(parse_target(text), FailsWith(ErrorKind::Invalid, HasSubstr("request target")))
        << text;
  }
}

TEST(Target, RefusesMoreThan64Parameters) {
  std::string text = "/?a=1";
  for (int i = 1; i < 64; ++i) text += "&a=1";

  EXPECT_THAT(parse_target(text), ::freshet::testing::Succeeds());
  EXPECT_THAT(parse_target(text + "&a=1"),
              FailsWith(ErrorKind::Invalid, HasSubstr("64 parameters")));
}

TEST(Target, EncodesWhatItDecodes) {
  std::string every_byte;
  for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);

  ASSERT_SUCCEEDS(const auto target, parse_target("/" + percent_encode(every_byte)));

  EXPECT_THAT(target.segments, ElementsAre(every_byte));
}

}  // namespace
}  // namespace freshet::serving
