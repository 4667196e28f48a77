#include "serving/wire/members.h"

#include <array>

#include <gtest/gtest.h>

namespace freshet::serving {
namespace {

constexpr std::array<std::string_view, 3> kKnown{"query", "top_k", "filters"};

TEST(NearestName, IsTheOneWithFewestEdits) {
  EXPECT_EQ(nearest_name("filter", kKnown), "filters");
  EXPECT_EQ(nearest_name("topk", kKnown), "top_k");
  EXPECT_EQ(nearest_name("qurey", kKnown), "query");
  EXPECT_EQ(nearest_name("", kKnown), "query");
}

TEST(NearestName, LooksAtALongNameOnlyInPart) {
  EXPECT_EQ(nearest_name("filters" + std::string(1'000'000, 'x'), kKnown), "filters");
}

TEST(PointerTo, EscapesWhatRfc6901Escapes) {
  EXPECT_EQ(pointer_to("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(pointer_to(""), "/");
}

}  // namespace
}  // namespace freshet::serving
