#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/interruption.h"

namespace freshet::index {

/// Spaces requests evenly, so that no minute has more than it may. Thread-safe; callers are let
/// through in the order in which they came.
class RateLimit {
 public:
  /// 0 means no limit.
  RateLimit(std::size_t requests_per_minute, const Clock& clock, http::Waiter& waiter);

  /// Returns when the next request may be sent, or soon after the interruption is due.
  void pass(const Interruption& interruption);

 private:
  std::chrono::microseconds spacing_;
  const Clock* clock_;
  http::Waiter* waiter_;
  std::mutex mutex_;  ///< Guards `next_`.
  Instant next_;
};

}  // namespace freshet::index
