#pragma once

#include <optional>
#include <stop_token>
#include <utility>

#include "base/clock.h"

namespace freshet {

/// When long work must save what it has and leave: asked to (SIGTERM) or out of time
/// (--max-duration). Cheap to ask; ask between documents. Thread-safe.
class Interruption {
 public:
  /// Never due.
  Interruption() = default;
  Interruption(std::stop_token stop, const Clock& clock, std::optional<Instant> deadline)
      : stop_(std::move(stop)), clock_(&clock), deadline_(deadline) {}

  [[nodiscard]] bool due() const {
    return stop_.stop_requested() || (deadline_ && clock_->now() >= *deadline_);
  }

 private:
  std::stop_token stop_;
  const Clock* clock_ = nullptr;
  std::optional<Instant> deadline_;
};

}  // namespace freshet
