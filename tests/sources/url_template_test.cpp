#include "sources/url_template.h"

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

std::string fill(std::string_view text, std::string_view path) {
  const auto parsed = UrlTemplate::parse(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed ? parsed->fill(path) : "";
}

TEST(UrlTemplate, FillsEveryPlaceholder) {
  EXPECT_EQ(fill("https://d/{path}", "a/b.md"), "https://d/a/b.md");
  EXPECT_EQ(fill("https://d/{path_without_extension}.html", "a/b.md"), "https://d/a/b.html");
  EXPECT_EQ(fill("https://d/{file}?in={directory}", "a/x/b.md"), "https://d/b.md?in=a/x");
  EXPECT_EQ(fill("https://d/fixed", "a/b.md"), "https://d/fixed");
  EXPECT_EQ(fill("", "a/b.md"), "");
}

TEST(UrlTemplate, KeepsDotsOfDirectoriesAndHiddenFiles) {
  EXPECT_EQ(fill("{path_without_extension}", "v1.2/readme"), "v1.2/readme");
  EXPECT_EQ(fill("{path_without_extension}", "v1.2/.hidden"), "v1.2/.hidden");
}

TEST(UrlTemplate, DropsTheSlashAfterAnEmptyDirectory) {
  EXPECT_EQ(fill("https://d/{directory}/{file}", "b.md"), "https://d/b.md");
}

TEST(UrlTemplate, EncodesWhatAUrlCannotHold) {
  EXPECT_EQ(fill("https://d/{path}", "a b/ü#?%.md"), "https://d/a%20b/%C3%BC%23%3F%25.md");
}

TEST(UrlTemplate, RefusesUnknownAndUnclosedPlaceholders) {
  EXPECT_THAT(UrlTemplate::parse("https://d/{slug}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("{slug}")));
  EXPECT_THAT(UrlTemplate::parse("https://d/{path"),
              FailsWith(ErrorKind::Invalid, HasSubstr("closed")));
}

}  // namespace
}  // namespace freshet::sources
