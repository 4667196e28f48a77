#include "base/nearest_name.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace freshet {
namespace {

TEST(NearestName, FindsWhatWasMeant) {
  const std::vector<std::string_view> names{"include", "exclude", "branch"};

  EXPECT_EQ(nearest_name("inculde", names), "include");
  EXPECT_EQ(nearest_name("branches", names), "branch");
}

TEST(NearestName, SaysNothingWhereNothingIsNear) {
  const std::vector<std::string_view> names{"include", "exclude", "branch"};

  EXPECT_EQ(nearest_name("zebra", names), std::nullopt);
  EXPECT_EQ(nearest_name("", names), std::nullopt);
  EXPECT_EQ(nearest_name(std::string(100'000, 'i'), names), std::nullopt);
}

}  // namespace
}  // namespace freshet
