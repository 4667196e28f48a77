#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace freshet::jobs {

/// Milliseconds by phase, in the order in which the phases were first entered.
using Timings = std::vector<std::pair<std::string, double>>;

/// How long each phase of a job takes, every moment in exactly one of them. One thread owns it.
class Phases {
 public:
  Phases(const Clock& clock, std::string_view first);

  /// Time counts for this phase from here on. A phase may be entered again.
  void enter(std::string_view phase);
  /// Up to now.
  [[nodiscard]] Timings timings();

 private:
  const Clock& clock_;
  Instant since_;
  std::size_t current_ = 0;
  Timings timings_;
};

}  // namespace freshet::jobs
