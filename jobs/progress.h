#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "jobs/job.h"
#include "jobs/phases.h"

namespace freshet::jobs {

/// Where a long job stands.
struct ProgressStep {
  std::string activity;  ///< "pull docs", "publish".
  std::uint64_t done = 0;
  std::optional<std::uint64_t> total;  ///< Unknown while a source is still being listed.
  std::string_view unit = "documents";
};

using Counts = std::map<std::string, std::int64_t>;

/// Tells of long work: a bar with rate and time left on a terminal, JSON lines ("schema": 1,
/// "type": plan, status, warning, item_error, summary, timings) elsewhere. One thread owns it.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void plan(std::string_view activity, const Counts& counts) = 0;
  /// Call as often as you like; it is shown a few times a second at most.
  virtual void step(const ProgressStep& step) = 0;
  virtual void warning(std::string_view message) = 0;
  virtual void item_error(std::string_view item, std::string_view message) = 0;
  /// The last word: one line of counts.
  virtual void summary(std::string_view activity, std::string_view status,
                       const Counts& counts) = 0;
  /// Where the time went: for programs, a terminal does not show it.
  virtual void timings(std::string_view activity, const Timings& timings) = 0;
};

/// `lines` is where JSON lines go: standard output for a job that has no other output, else
/// standard error.
std::unique_ptr<Progress> make_progress(const Context& context, std::ostream& lines);

/// "3m 20s", for people.
std::string to_words(std::chrono::seconds duration);

}  // namespace freshet::jobs
