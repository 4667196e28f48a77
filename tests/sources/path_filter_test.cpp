#include "sources/path_filter.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

PathFilter filter(std::vector<std::string> include, std::vector<std::string> exclude) {
  auto created = PathFilter::create(include, exclude);
  EXPECT_TRUE(created.has_value());
  return *std::move(created);
}

TEST(PathFilter, TakesEveryFormatWeReadByDefault) {
  const auto all = filter({}, {});

  for (const auto* path : {"a.md", "x/B.HTML", "c.htm", "d.mdx", "e.markdown", "f.rst", "g.adoc",
                           "h.asciidoc", "i.txt"}) {
    EXPECT_TRUE(all.accepts(path)) << path;
  }
  for (const auto* path : {"a.png", "md", "a.md/b", "Makefile", "a.md5"}) {
    EXPECT_FALSE(all.accepts(path)) << path;
  }
}

TEST(PathFilter, LetsExcludeWin) {
  const auto some = filter({"docs/**"}, {"**/drafts/**", "*.txt"});

  EXPECT_TRUE(some.accepts("docs/a.md"));
  EXPECT_TRUE(some.accepts("docs/picture.png"));
  EXPECT_FALSE(some.accepts("docs/drafts/a.md"));
  EXPECT_FALSE(some.accepts("docs/a.txt"));
  EXPECT_FALSE(some.accepts("a.md"));
}

TEST(PathFilter, NamesThePatternAtFault) {
  const std::vector<std::string> bad{"ok/**", "a[b"};

  EXPECT_THAT(PathFilter::create(bad, {}), FailsWith(ErrorKind::Invalid, HasSubstr("a[b")));
  EXPECT_THAT(PathFilter::create({}, bad), FailsWith(ErrorKind::Invalid, HasSubstr("a[b")));
}

}  // namespace
}  // namespace freshet::sources
