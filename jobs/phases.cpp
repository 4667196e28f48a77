#include "jobs/phases.h"

#include <algorithm>
#include <chrono>

namespace freshet::jobs {

Phases::Phases(const Clock& clock, std::string_view first) : clock_(clock), since_(clock.now()) {
  timings_.emplace_back(first, 0.0);
}

void Phases::enter(std::string_view phase) {
  const Instant now = clock_.now();
  timings_[current_].second += std::chrono::duration<double, std::milli>(now - since_).count();
  since_ = now;
  const auto found = std::find_if(timings_.begin(), timings_.end(),
                                  [phase](const auto& timing) { return timing.first == phase; });
  current_ = static_cast<std::size_t>(found - timings_.begin());
  if (found == timings_.end()) timings_.emplace_back(phase, 0.0);
}

Timings Phases::timings() {
  enter(std::string(timings_[current_].first));
  return timings_;
}

}  // namespace freshet::jobs
