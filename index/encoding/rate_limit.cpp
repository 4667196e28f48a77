#include "index/encoding/rate_limit.h"

#include <algorithm>

namespace freshet::index {

RateLimit::RateLimit(std::size_t requests_per_minute, const Clock& clock, http::Waiter& waiter)
    : spacing_(requests_per_minute == 0
                   ? 0
                   : std::chrono::microseconds(std::chrono::minutes(1)).count() /
                         static_cast<std::int64_t>(requests_per_minute)),
      clock_(&clock),
      waiter_(&waiter) {}

void RateLimit::pass(const Interruption& interruption) {
  if (spacing_.count() == 0) return;
  const Instant now = clock_->now();
  Instant turn;
  {
    const std::lock_guard lock(mutex_);
    turn = std::max(now, next_);
    next_ = turn + spacing_;
  }
  if (turn > now) {
    waiter_->wait(std::chrono::ceil<std::chrono::milliseconds>(turn - now), interruption);
  }
}

}  // namespace freshet::index
