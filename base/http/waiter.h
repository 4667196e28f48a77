#pragma once

#include <chrono>

#include "base/interruption.h"

namespace freshet::http {

/// How to let time pass. Passed in, so that tests do not wait.
class Waiter {
 public:
  virtual ~Waiter() = default;
  /// Returns after `duration`, or soon after the interruption is due.
  virtual void wait(std::chrono::milliseconds duration, const Interruption& interruption) = 0;
};

/// Sleeps. Thread-safe.
class SleepingWaiter final : public Waiter {
 public:
  void wait(std::chrono::milliseconds duration, const Interruption& interruption) override;
};

}  // namespace freshet::http
