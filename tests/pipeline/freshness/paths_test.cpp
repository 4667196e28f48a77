#include "pipeline/freshness/paths.h"

#include <gmock/gmock.h>

namespace freshet::pipeline {
namespace {

TEST(Paths, AreNormalisedInsideTheSourceOnly) {
  EXPECT_EQ(normal_path("a/./b/../c.md"), "a/c.md");
  EXPECT_EQ(normal_path("/a//b/"), "a/b");
  EXPECT_EQ(normal_path("a/.."), "");
  EXPECT_EQ(normal_path("../a"), std::nullopt);
  EXPECT_EQ(normal_path("a/../../b"), std::nullopt);
}

TEST(Paths, DecodeEscapesButNoControlCharacters) {
  EXPECT_EQ(percent_decoded("a%20b%C3%A9"), "a b\xc3\xa9");
  EXPECT_EQ(percent_decoded("a%2"), std::nullopt);
  EXPECT_EQ(percent_decoded("%"), std::nullopt);
  EXPECT_EQ(percent_decoded("%zz"), std::nullopt);
  EXPECT_EQ(percent_decoded("a%00b"), std::nullopt);
  EXPECT_EQ(percent_decoded("%ff"), std::nullopt);
}

TEST(Paths, AreWrittenRelativeToAPage) {
  EXPECT_EQ(relative_path("guide", "guide/x.md"), "x.md");
  EXPECT_EQ(relative_path("guide/a", "setup/x.md"), "../../setup/x.md");
  EXPECT_EQ(relative_path("", "x.md"), "x.md");
  EXPECT_EQ(relative_path("a/b", "a/b/c/d.md"), "c/d.md");
  EXPECT_EQ(relative_path("a/b.md", "a/b.md"), "../b.md");
}

TEST(Paths, KnowIndexPagesAndEndings) {
  for (const char* index : {"README.md", "a/index.html", "a/_index.md", "Readme.rst"}) {
    EXPECT_TRUE(is_index_page(index)) << index;
  }
  EXPECT_FALSE(is_index_page("a/indexing.md"));
  EXPECT_FALSE(is_index_page("index.png"));
  EXPECT_EQ(without_page_ending("a/v1.2.md"), "a/v1.2");
  EXPECT_EQ(without_page_ending("a/v1.2"), "a/v1.2");
  EXPECT_TRUE(is_bare("a.b/c"));
  EXPECT_FALSE(is_bare("a/c.png"));
}

TEST(Paths, KnowHistory) {
  for (const char* path :
       {"CHANGELOG.md", "blog/posts/x.md", "docs/release-notes/1.md", "archive/x.md"}) {
    EXPECT_TRUE(is_history(path)) << path;
  }
  for (const char* path : {"guide/blogging.md", "docs/changing.md"}) EXPECT_FALSE(is_history(path));
}

}  // namespace
}  // namespace freshet::pipeline
