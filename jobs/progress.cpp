#include "jobs/progress.h"

#include <ostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::jobs {

namespace {

using std::chrono::milliseconds;

/// Lets one of many calls through per interval and activity.
class Throttle {
 public:
  Throttle(const Clock& clock, milliseconds interval) : clock_(&clock), interval_(interval) {}

  bool pass(std::string_view activity) {
    const Instant now = clock_->now();
    if (activity == activity_ && now - last_ < interval_) return false;
    if (activity != activity_) started_ = now;
    activity_ = activity;
    last_ = now;
    return true;
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(clock_->now() - started_).count();
  }

 private:
  const Clock* clock_;
  milliseconds interval_;
  std::string activity_;
  Instant started_;
  Instant last_;
};

class JsonProgress final : public Progress {
 public:
  JsonProgress(const Context& context, std::ostream& lines)
      : out_(&lines), throttle_(context.clock, milliseconds{1000}) {}

  void plan(std::string_view activity, const Counts& counts) override {
    write({{"type", "plan"}, {"activity", activity}, {"counts", counts}});
  }
  void step(const ProgressStep& step) override {
    if (!throttle_.pass(step.activity)) return;
    Json line = {{"type", "status"}, {"activity", step.activity}, {"done", step.done}};
    if (step.total) line["total"] = *step.total;
    line["unit"] = step.unit;
    write(std::move(line));
  }
  void warning(std::string_view message) override {
    write({{"type", "warning"}, {"message", message}});
  }
  void item_error(std::string_view item, std::string_view message) override {
    write({{"type", "item_error"}, {"item", item}, {"message", message}});
  }
  void summary(std::string_view activity, std::string_view status, const Counts& counts) override {
    write({{"type", "summary"}, {"activity", activity}, {"status", status}, {"counts", counts}});
  }
  void timings(std::string_view activity, const Timings& timings) override {
    Json phases = Json::object();
    for (const auto& [phase, duration] : timings) phases[phase] = duration;
    write({{"type", "timings"}, {"activity", activity}, {"milliseconds", phases}});
  }

 private:
  void write(Json members) {
    Json line = {{"schema", 1}};
    line.update(members);
    *out_ << dump_json(line) << std::endl;
  }

  std::ostream* out_;
  Throttle throttle_;
};

class TerminalProgress final : public Progress {
 public:
  explicit TerminalProgress(const Context& context)
      : out_(&context.out), err_(&context.err), throttle_(context.clock, milliseconds{150}) {}

  void plan(std::string_view /*activity*/, const Counts& /*counts*/) override {}
  void step(const ProgressStep& step) override {
    if (!throttle_.pass(step.activity)) return;
    *err_ << "\r\x1b[K" << line(step) << std::flush;
    shown_ = true;
  }
  void warning(std::string_view message) override { say("warning: " + std::string(message)); }
  void item_error(std::string_view item, std::string_view message) override {
    say(fmt::format("{}: {}", item, message));
  }
  void summary(std::string_view activity, std::string_view status, const Counts& counts) override {
    clear();
    std::string text = fmt::format("{}: {}", activity, status);
    for (const auto& [name, count] : counts) {
      if (count != 0) text += fmt::format(", {} {}", count, name);
    }
    *out_ << text << std::endl;
  }
  void timings(std::string_view /*activity*/, const Timings& /*timings*/) override {}

 private:
  [[nodiscard]] std::string line(const ProgressStep& step) const {
    const double rate = static_cast<double>(step.done) / std::max(throttle_.seconds(), 0.001);
    if (!step.total || *step.total == 0) {
      return fmt::format("{}  {} {}  {:.0f}/s", step.activity, step.done, step.unit, rate);
    }
    constexpr std::size_t kWidth = 28;
    const double share =
        std::min(1.0, static_cast<double>(step.done) / static_cast<double>(*step.total));
    const auto filled = static_cast<std::size_t>(share * kWidth);
    const double left =
        static_cast<double>(*step.total - std::min(*step.total, step.done)) / std::max(rate, 0.001);
    return fmt::format("{}  [{}{}] {}/{} {}  {:.0f}/s  {} left", step.activity,
                       std::string(filled, '#'), std::string(kWidth - filled, '.'), step.done,
                       *step.total, step.unit, rate,
                       to_words(std::chrono::seconds{static_cast<std::int64_t>(left)}));
  }
  void clear() {
    if (shown_) *err_ << "\r\x1b[K" << std::flush;
    shown_ = false;
  }
  void say(const std::string& message) {
    clear();
    *err_ << message << std::endl;
  }

  std::ostream* out_;
  std::ostream* err_;
  Throttle throttle_;
  bool shown_ = false;
};

}  // namespace

std::unique_ptr<Progress> make_progress(const Context& context, std::ostream& lines) {
  if (context.err_is_terminal && context.output == Output::Text) {
    return std::make_unique<TerminalProgress>(context);
  }
  return std::make_unique<JsonProgress>(context, lines);
}

std::string to_words(std::chrono::seconds duration) {
  const auto seconds = duration.count();
  if (seconds < 60) return fmt::format("{}s", seconds);
  if (seconds < 3600) return fmt::format("{}m {}s", seconds / 60, seconds % 60);
  if (seconds < 86400) return fmt::format("{}h {}m", seconds / 3600, seconds / 60 % 60);
  return fmt::format("{}d {}h", seconds / 86400, seconds / 3600 % 24);
}

}  // namespace freshet::jobs
