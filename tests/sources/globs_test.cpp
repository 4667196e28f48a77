#include "sources/globs.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::sources {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

bool matches(std::string_view pattern, std::string_view path) {
  const auto glob = Glob::parse(pattern);
  EXPECT_TRUE(glob.has_value()) << pattern;
  return glob && glob->matches(path);
}

TEST(Glob, MatchesAPatternWithoutSlashAtAnyDepth) {
  EXPECT_TRUE(matches("*.txt", "a.txt"));
  EXPECT_TRUE(matches("*.txt", "deep/er/a.txt"));
  EXPECT_FALSE(matches("*.txt", "a.txt.md"));
  EXPECT_TRUE(matches("README.md", "x/README.md"));
  EXPECT_FALSE(matches("README.md", "x/OLDREADME.md"));
}

TEST(Glob, AnchorsAPatternThatHasASlash) {
  EXPECT_TRUE(matches("/*.txt", "a.txt"));
  EXPECT_FALSE(matches("/*.txt", "d/a.txt"));
  EXPECT_TRUE(matches("docs/*.md", "docs/a.md"));
  EXPECT_FALSE(matches("docs/*.md", "docs/sub/a.md"));
  EXPECT_FALSE(matches("docs/*.md", "x/docs/a.md"));
}

TEST(Glob, LetsTwoStarsSpanAnyNumberOfDirectories) {
  EXPECT_TRUE(matches("**/*.md", "a.md"));
  EXPECT_TRUE(matches("**/*.md", "x/y/a.md"));
  EXPECT_TRUE(matches("docs/**", "docs/x/y.md"));
  EXPECT_FALSE(matches("docs/**", "docs"));
  EXPECT_FALSE(matches("docs/**", "docsx/y.md"));
  EXPECT_TRUE(matches("a/**/z.md", "a/z.md"));
  EXPECT_TRUE(matches("a/**/z.md", "a/b/c/z.md"));
  EXPECT_FALSE(matches("a/**/z.md", "a/bz.md"));
  EXPECT_TRUE(matches("**", "anything/at.all"));
  EXPECT_TRUE(matches("**/archive/**", "x/archive/y.md"));
  EXPECT_FALSE(matches("**/archive/**", "x/myarchive/y.md"));
}

TEST(Glob, CoversEverythingBelowAPlainName) {
  EXPECT_TRUE(matches("docs", "docs/a.md"));
  EXPECT_TRUE(matches("docs/", "docs/a.md"));
  EXPECT_TRUE(matches("docs/", "x/docs/a.md"));
  EXPECT_FALSE(matches("docs/", "docs"));
  EXPECT_TRUE(matches("docs/guide", "docs/guide/a/b.md"));
  EXPECT_FALSE(matches("docs/guide", "docs/guides/a.md"));
}

TEST(Glob, KnowsAlternativesClassesAndEscapes) {
  EXPECT_TRUE(matches("*.{md,rst}", "a.rst"));
  EXPECT_FALSE(matches("*.{md,rst}", "a.html"));
  EXPECT_TRUE(matches("{docs,guides}/{a,b{1,2}}.md", "guides/b2.md"));
  EXPECT_TRUE(matches("v[0-9].md", "v7.md"));
  EXPECT_FALSE(matches("v[!0-9].md", "v7.md"));
  EXPECT_FALSE(matches("a[!x]b", "a/b"));
  EXPECT_TRUE(matches("a\\*.md", "a*.md"));
  EXPECT_FALSE(matches("a\\*.md", "ab.md"));
  EXPECT_TRUE(matches("?.md", "x.md"));
  EXPECT_FALSE(matches("a?b", "a/b"));
}

TEST(Glob, RefusesWhatItCannotKeepBounded) {
  for (const std::string pattern : {"", "/", "!a.md", "a{b", "a[b"}) {
    EXPECT_THAT(Glob::parse(pattern), FailsWith(ErrorKind::Invalid, HasSubstr("cannot be used")))
        << pattern;
  }
  EXPECT_THAT(Glob::parse(std::string(241, 'a')), FailsWith(ErrorKind::Invalid, HasSubstr("240")));
  EXPECT_THAT(Glob::parse("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"),
              FailsWith(ErrorKind::Invalid, HasSubstr("64")));
  EXPECT_TRUE(Glob::parse("a\\").has_value());
  EXPECT_TRUE(Glob::parse("a}b").has_value());
}

TEST(Glob, TakesNoLongerForAHostilePattern) {
  std::string pattern;
  for (int i = 0; i < 60; ++i) pattern += "*a";
  const std::string path(20'000, 'a');

  EXPECT_FALSE(matches(pattern + "b", path));
  EXPECT_TRUE(matches(pattern, path));
}

}  // namespace
}  // namespace freshet::sources
