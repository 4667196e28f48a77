#include "jobs/progress.h"

#include <sstream>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "tests/support/manual_clock.h"
#include "tests/support/result_matchers.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ProgressTest : public ::testing::Test {
 protected:
  Context context(bool terminal) {
    return {.out = out_,
            .err = err_,
            .out_is_terminal = terminal,
            .err_is_terminal = terminal,
            .clock = clock_,
            .log = log_,
            .stop = {},
            .environment = [](std::string_view) { return std::nullopt; },
            .config_file = {},
            .program = {}};
  }
  testing::ManualClock clock_;
  std::ostringstream out_;
  std::ostringstream err_;
  Log log_{[](std::string_view) {}, clock_, LogLevel::Error};
};

TEST_F(ProgressTest, WritesOneParsableObjectPerLineOffTheTerminal) {
  const auto progress = make_progress(context(false), out_);
  progress->step({.activity = "pull docs", .done = 3, .total = 10});
  progress->item_error("docs", "said \"no\"");
  progress->summary("pull docs", "failed", {{"added", 3}});
  progress->timings("sync", {{"configure", 1.25}, {"pull", 3.0}});

  std::istringstream lines(out_.str());
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_SUCCEEDS(const Json message, parse_json(line));
    EXPECT_EQ(json_integer(message, "schema"), 1);
    EXPECT_TRUE(json_string(message, "type").has_value());
  }
  EXPECT_EQ(count, 4);
  EXPECT_THAT(out_.str(), HasSubstr(R"("milliseconds":{"configure":1.25,"pull":3.0})"));
  EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(ProgressTest, ShowsRateAndTimeLeftOnATerminal) {
  const auto progress = make_progress(context(true), out_);
  progress->step({.activity = "publish", .done = 0, .total = 100});
  clock_.advance(std::chrono::seconds{10});
  progress->step({.activity = "publish", .done = 50, .total = 100});
  EXPECT_THAT(err_.str(), HasSubstr("50/100 documents  5/s  10s left"));
  EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(ProgressTest, DoesNotFloodWithSteps) {
  const auto progress = make_progress(context(false), out_);
  for (std::uint64_t i = 0; i < 1000; ++i)
    progress->step({.activity = "pull", .done = i, .total = std::nullopt});
  const std::string written = out_.str();
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
}

TEST_F(ProgressTest, SaysDurationsInWords) {
  EXPECT_EQ(to_words(std::chrono::seconds{59}), "59s");
  EXPECT_EQ(to_words(std::chrono::seconds{60}), "1m 0s");
  EXPECT_EQ(to_words(std::chrono::seconds{3660}), "1h 1m");
  EXPECT_EQ(to_words(std::chrono::seconds{90000}), "1d 1h");
}

}  // namespace
}  // namespace freshet::jobs
