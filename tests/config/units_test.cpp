#include "config/units.h"

#include "tests/support/result_matchers.h"

namespace freshet::config {
namespace {

using freshet::testing::FailsWith;
using ::testing::HasSubstr;

TEST(Units, ReadBytesInDecimalAndBinaryUnits) {
  EXPECT_EQ(*parse_bytes("1048576"), 1048576);
  EXPECT_EQ(*parse_bytes("20 MB"), 20e6);
  EXPECT_EQ(*parse_bytes("20MiB"), 20.0 * 1024 * 1024);
  EXPECT_EQ(*parse_bytes("1.5 kB"), 1500);
  EXPECT_EQ(*parse_bytes("0"), 0);
}

TEST(Units, ReadDurationsWithTheirUnit) {
  EXPECT_EQ(*parse_duration("500ms"), 500);
  EXPECT_EQ(*parse_duration("30s"), 30'000);
  EXPECT_EQ(*parse_duration("1.5 m"), 90'000);
  EXPECT_EQ(*parse_duration("1h"), 3'600'000);
}

TEST(Units, RefuseADurationWithoutItsUnit) {
  EXPECT_THAT(parse_duration("30"), FailsWith(ErrorKind::Invalid, HasSubstr("30s")));
}

TEST(Units, ReadSharesAsPercentOrFraction) {
  EXPECT_DOUBLE_EQ(*parse_fraction("30%"), 0.3);
  EXPECT_DOUBLE_EQ(*parse_fraction("0.25"), 0.25);
  EXPECT_DOUBLE_EQ(*parse_fraction("100 %"), 1.0);
}

TEST(Units, RefuseEverythingThatIsNoNumber) {
  for (const char* text : {"", " ", "-1", "+1", "1e3", "inf", "nan", "0x10", "1 2", "1..2", ".",
                           "MB", "20 XB", "99999999999999999999 GiB", "9007199254740993"}) {
    EXPECT_FALSE(parse_count(text)) << text;
    EXPECT_FALSE(parse_duration(text)) << text;
    EXPECT_FALSE(parse_fraction(text) && std::string_view(text) != "9007199254740993") << text;
  }
  EXPECT_FALSE(parse_bytes("20 XB"));
  EXPECT_FALSE(parse_bytes("99999999999999999999 GiB"));
  EXPECT_FALSE(parse_bytes(""));
}

TEST(Units, WriteWhatTheyReadBack) {
  for (const double bytes : {0.0, 1.0, 1000.0, 1024.0, 20971520.0, 1048577.0, 20e6}) {
    EXPECT_EQ(*parse_bytes(format_bytes(bytes)), bytes) << format_bytes(bytes);
  }
  for (const double time : {0.0, 1.0, 1500.0, 30'000.0, 60'000.0, 3'600'000.0}) {
    EXPECT_EQ(*parse_duration(format_duration(time)), time) << format_duration(time);
  }
  for (const double share : {0.0, 0.3, 0.125, 1.0}) {
    EXPECT_DOUBLE_EQ(*parse_fraction(format_fraction(share)), share) << format_fraction(share);
  }
  EXPECT_EQ(format_bytes(20971520), "20 MiB");
  EXPECT_EQ(format_duration(30'000), "30s");
  EXPECT_EQ(format_fraction(0.3), "30%");
}

}  // namespace
}  // namespace freshet::config
