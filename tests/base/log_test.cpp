#include "base/log.h"

#include <vector>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"

namespace freshet {
namespace {

TEST(Log, WritesOneParsableObjectPerLine) {
  const testing::ManualClock clock;
  std::vector<std::string> lines;
  Log log([&](std::string_view line) { lines.emplace_back(line); }, clock, LogLevel::Info);

  log.warning("sync.failed", "said \"no\"\n", {{"source", "docs"}, {"count", std::int64_t{3}}});

  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].find('\n'), std::string::npos);
  ASSERT_SUCCEEDS(const Json line, parse_json(lines[0]));
  EXPECT_EQ(json_string(line, "ts"), "2026-11-20T00:00:00Z");
  EXPECT_EQ(json_string(line, "level"), "warning");
  EXPECT_EQ(json_string(line, "msg"), "said \"no\"\n");
  EXPECT_EQ(json_integer(line, "count"), 3);
}

TEST(Log, KeepsQuietBelowItsLevel) {
  const testing::ManualClock clock;
  int lines = 0;
  Log log([&](std::string_view) { ++lines; }, clock, LogLevel::Warning);
  log.info("x", "y");
  EXPECT_EQ(lines, 0);
}

}  // namespace
}  // namespace freshet
