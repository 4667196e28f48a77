#pragma once

#include <mutex>
#include <vector>

#include "base/http/waiter.h"
#include "tests/support/manual_clock.h"

namespace freshet::testing {

/// Notes how long it was asked to wait and lets the clock pass that time at once.
class RecordingWaiter final : public http::Waiter {
 public:
  explicit RecordingWaiter(ManualClock& clock) : clock_(&clock) {}

  void wait(std::chrono::milliseconds duration, const Interruption&) override {
    const std::lock_guard lock(mutex_);
    waits_.push_back(duration);
    clock_->advance(duration);
  }
  [[nodiscard]] std::vector<std::chrono::milliseconds> waits() const {
    const std::lock_guard lock(mutex_);
    return waits_;
  }

 private:
  ManualClock* clock_;
  mutable std::mutex mutex_;
  std::vector<std::chrono::milliseconds> waits_;
};

}  // namespace freshet::testing
