#include "serving/http_date.h"

#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

TEST(HttpDate, IsWrittenAsRfc9110Says) {
  ASSERT_SUCCEEDS(const auto example, parse_rfc3339("1994-11-06T08:49:37Z"));
  ASSERT_SUCCEEDS(const auto leap_day, parse_rfc3339("2028-02-29T23:59:59Z"));

  EXPECT_EQ(http_date(example), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(http_date(leap_day), "Tue, 29 Feb 2028 23:59:59 GMT");
}

}  // namespace
}  // namespace freshet::serving
