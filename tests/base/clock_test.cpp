#include "base/clock.h"

#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

using ::testing::_;
using testing::FailsWith;
using ::testing::HasSubstr;

TEST(Clock, WritesWholeSecondsInUtc) {
  const Instant instant = std::chrono::sys_days{std::chrono::year{2026} / 2 / 28} +
                          std::chrono::hours{23} + std::chrono::milliseconds{59'999};
  EXPECT_EQ(to_rfc3339(instant), "2026-02-28T23:00:59Z");
}

TEST(Clock, ReadsBackWhatItWrites) {
  ASSERT_SUCCEEDS(const Instant read, parse_rfc3339("2026-11-21T09:30:00Z"));
  EXPECT_EQ(to_rfc3339(read), "2026-11-21T09:30:00Z");
}

TEST(Clock, WritesTheDatesOfHttpAsRfc9110Says) {
  ASSERT_SUCCEEDS(const Instant example, parse_rfc3339("1994-11-06T08:49:37Z"));
  ASSERT_SUCCEEDS(const Instant leap_day, parse_rfc3339("2028-02-29T23:59:59Z"));

  EXPECT_EQ(to_http_date(example), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(to_http_date(leap_day), "Tue, 29 Feb 2028 23:59:59 GMT");
}

TEST(Clock, AppliesOffsetsAndFractions) {
  ASSERT_SUCCEEDS(const Instant east, parse_rfc3339("2026-01-01T01:30:00.25+01:30"));
  ASSERT_SUCCEEDS(const Instant utc, parse_rfc3339("2026-01-01T00:00:00.250Z"));
  EXPECT_EQ(east, utc);
}

TEST(Clock, TakesABareDateAsItsMidnight) {
  ASSERT_SUCCEEDS(const Instant read, parse_rfc3339("2024-02-29"));
  EXPECT_EQ(to_rfc3339(read), "2024-02-29T00:00:00Z");
}

TEST(Clock, RefusesWhatIsNoTime) {
  for (const char* text : {"", "yesterday", "2026-13-01", "2023-02-29", "2026-01-01T25:00:00Z",
                           "2026-01-01T10:00:00", "2026-01-01T10:00:00+1"}) {
    EXPECT_THAT(parse_rfc3339(text), FailsWith(ErrorKind::Invalid, HasSubstr("RFC 3339"))) << text;
  }
}

}  // namespace
}  // namespace freshet
