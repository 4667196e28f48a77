#include "pipeline/extract/json_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/result_matchers.h"

namespace freshet::pipeline {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

TEST(JsonTree, KeepsTheBytesOfEveryValue) {
  const std::string_view text = "{ \"a\\\"b\" : [1, -2.5e3,\n \"x\\ny\"], \"c\":{} }";

  const JsonTree tree = *JsonTree::parse(text);

  const auto written = [&](std::size_t at) {
    return text.substr(tree.node(at).begin, tree.node(at).end - tree.node(at).begin);
  };
  const std::size_t list = tree.find(0, "a\"b");
  EXPECT_EQ(written(0), text);
  EXPECT_EQ(written(list), "[1, -2.5e3,\n \"x\\ny\"]");
  EXPECT_EQ(written(list + 3), "\"x\\ny\"");
  EXPECT_EQ(tree.node(list + 3).text, "x\ny");
  EXPECT_EQ(tree.node(list + 2).text, "-2.5e3");
  EXPECT_EQ(written(tree.find(0, "c")), "{}");
}

TEST(JsonTree, FindsNothingInWhatIsNoObjectOrAbsent) {
  const JsonTree tree = *JsonTree::parse("{\"a\":[1],\"n\":\"7\",\"t\":true}");

  EXPECT_EQ(tree.find(0, "b"), JsonTree::kAbsent);
  EXPECT_EQ(tree.find(tree.find(0, "a"), "b"), JsonTree::kAbsent);
  EXPECT_EQ(tree.find(JsonTree::kAbsent, "b"), JsonTree::kAbsent);
  EXPECT_EQ(tree.text(0, "a"), "");
  EXPECT_EQ(tree.number(0, "n"), 7);
  EXPECT_EQ(tree.number(0, "t"), std::nullopt);
  EXPECT_TRUE(tree.is_true(0, "t"));
}

TEST(JsonTree, NamesTheByteWhereJsonEnds) {
  EXPECT_THAT(JsonTree::parse("{\"a\": }"),
              FailsWith(ErrorKind::Invalid, HasSubstr("not valid JSON at byte 7")));
  EXPECT_THAT(JsonTree::parse(std::string(20'000, '[')),
              FailsWith(ErrorKind::Invalid, HasSubstr("deeper than 10000 levels")));
}

}  // namespace
}  // namespace freshet::pipeline
