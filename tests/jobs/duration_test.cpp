#include "jobs/duration.h"

#include "tests/support/result_matchers.h"

namespace freshet::jobs {
namespace {

using std::chrono::seconds;
using testing::FailsWith;
using ::testing::HasSubstr;

TEST(Duration, ReadsEveryUnit) {
  const std::pair<const char*, seconds> cases[] = {{"90", seconds{90}},
                                                   {"90s", seconds{90}},
                                                   {"10m", seconds{600}},
                                                   {"2h", seconds{7200}},
                                                   {"1d", seconds{86400}}};
  for (const auto& [text, expected] : cases) {
    ASSERT_SUCCEEDS(const seconds read, parse_duration(text));
    EXPECT_EQ(read, expected) << text;
  }
}

TEST(Duration, RefusesWhatIsNone) {
  for (const char* text : {"", "s", "10x", "-5m", "99999999999h", "10 m"}) {
    EXPECT_THAT(parse_duration(text), FailsWith(ErrorKind::Invalid, HasSubstr(text))) << text;
  }
}

TEST(MaxDelete, ReadsAShareOrACount) {
  ASSERT_SUCCEEDS(const auto share, parse_max_delete("25%"));
  EXPECT_DOUBLE_EQ(share.max_fraction, 0.25);
  EXPECT_EQ(share.max_count, 0U);
  ASSERT_SUCCEEDS(const auto count, parse_max_delete("200"));
  EXPECT_EQ(count.max_count, 200U);
}

TEST(MaxDelete, RefusesMoreThanAll) {
  EXPECT_THAT(parse_max_delete("101%"), FailsWith(ErrorKind::Invalid, HasSubstr("101%")));
}

}  // namespace
}  // namespace freshet::jobs
