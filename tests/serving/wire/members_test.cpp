#include "serving/wire/members.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace freshet::serving {
namespace {

constexpr std::array<std::string_view, 3> kKnown{"query", "top_k", "filters"};

TEST(NoSuch, NamesTheOneThatWasMeant) {
  EXPECT_EQ(no_such("member", "topk", kKnown), "no such member; did you mean \"top_k\"?");
}

TEST(NoSuch, ListsWhatThereIsWhereNothingIsNear) {
  const std::string long_name(1'000'000, 'x');
  EXPECT_EQ(no_such("member", long_name, kKnown),
            "no such member; known are query, top_k, filters");
}

TEST(PointerTo, EscapesWhatRfc6901Escapes) {
  EXPECT_EQ(pointer_to("a/b~c"), "/a~1b~0c");
  EXPECT_EQ(pointer_to(""), "/");
}

}  // namespace
}  // namespace freshet::serving
