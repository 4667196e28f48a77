#pragma once

#include "base/clock.h"

namespace freshet::testing {

/// Time that moves only when told to.
class ManualClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void set(Instant instant) { now_ = instant; }
  void advance(std::chrono::microseconds by) { now_ += by; }

 private:
  Instant now_ = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20};
};

}  // namespace freshet::testing
