#include "sources/readable_file.h"

#include <gtest/gtest.h>

namespace freshet::sources {
namespace {

TEST(ReadableFile, IsToldByTheEndingOrTheDeclaredType) {
  EXPECT_TRUE(is_readable_file("server.log", ""));
  EXPECT_TRUE(is_readable_file("SERVER.LOG ", "application/octet-stream"));
  EXPECT_TRUE(is_readable_file("orders.csv", "application/vnd.ms-excel"));
  EXPECT_TRUE(is_readable_file("guide", "text/html; charset=utf-8"));
  EXPECT_TRUE(is_readable_file("", "text/plain"));
  EXPECT_FALSE(is_readable_file("invoice.pdf", "application/pdf"));
  EXPECT_FALSE(is_readable_file("dump.zip", "application/zip"));
  EXPECT_FALSE(is_readable_file("log", ""));
  EXPECT_FALSE(is_readable_file("", ""));
}

TEST(ReadableFile, IsNoPictureWhateverItIsCalled) {
  EXPECT_FALSE(is_readable_file("notes.txt", "image/png"));
  EXPECT_FALSE(is_readable_file("notes.md", "Video/MP4"));
}

TEST(ReadableFile, KnowsWebPages) {
  EXPECT_TRUE(is_web_page("a.HTM", ""));
  EXPECT_TRUE(is_web_page("", "text/html;charset=utf-8"));
  EXPECT_FALSE(is_web_page("a.txt", "text/plain"));
}

}  // namespace
}  // namespace freshet::sources
