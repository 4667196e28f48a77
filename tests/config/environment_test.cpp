#include "config/environment.h"

#include "tests/config/reading.h"
#include "tests/support/result_matchers.h"

namespace freshet::config {
namespace {

using freshet::testing::FailsWith;
using ::testing::HasSubstr;

std::string expanded(std::string_view text) {
  auto result = expand_variables(text, testing::environment);
  return result ? *result : "failed: " + result.error().message;
}

TEST(Variables, AreReplacedInsideAText) {
  EXPECT_EQ(expanded("https://${HOST_NAME}:${PORT}/x"), "https://docs.example:8090/x");
  EXPECT_EQ(expanded(""), "");
}

TEST(Variables, FallBackToTheDefaultWhenMissingOrEmpty) {
  EXPECT_EQ(expanded("${ABSENT:-7}"), "7");
  EXPECT_EQ(expanded("${EMPTY:-7}"), "7");
  EXPECT_EQ(expanded("${ABSENT:-}"), "");
  EXPECT_EQ(expanded("${PORT:-7}"), "8090");
}

TEST(Variables, WithoutValueOrDefaultAreNamed) {
  EXPECT_THAT(expand_variables("${ABSENT}", testing::environment),
              FailsWith(ErrorKind::Invalid, HasSubstr("ABSENT is not set")));
  EXPECT_THAT(expand_variables("${PORT}", nullptr),
              FailsWith(ErrorKind::Invalid, HasSubstr("PORT")));
}

TEST(Variables, LeaveOtherDollarSignsAlone) {
  EXPECT_EQ(expanded("$$"), "$");
  EXPECT_EQ(expanded("$${PORT}"), "${PORT}");
  EXPECT_EQ(expanded("cost $5"), "cost $5");
  EXPECT_EQ(expanded("$"), "$");
}

TEST(Variables, AreNotExpandedTwice) {
  EXPECT_EQ(expanded("${SNEAKY}"), "${PORT}");
}

TEST(Variables, MustBeWellFormed) {
  EXPECT_THAT(expanded("${PORT"), HasSubstr("not closed"));
  for (const char* text : {"${}", "${1A}", "${A B}", "${A-B}", "${:-x}", "${PORT:?x}"}) {
    EXPECT_THAT(expanded(text), HasSubstr("is no variable")) << text;
  }
}

TEST(Variables, CannotGrowWithoutBound) {
  const auto long_value = [](std::string_view) { return std::optional(std::string(40'000, 'x')); };

  EXPECT_THAT(expand_variables("${A}${A}", long_value),
              FailsWith(ErrorKind::Invalid, HasSubstr("64 KB")));
}

}  // namespace
}  // namespace freshet::config
