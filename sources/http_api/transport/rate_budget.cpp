#include "sources/http_api/transport/rate_budget.h"

#include <algorithm>

namespace freshet::sources::http_api {

using std::chrono::microseconds;

namespace {

/// A match that ends in "*" covers every path that begins with the rest.
bool covers(std::string_view match, std::string_view path) {
  if (match.empty()) return true;
  if (!match.ends_with('*')) return match == path;
  return path.starts_with(match.substr(0, match.size() - 1));
}

}  // namespace

RateBudget::RateBudget(const std::vector<RateLimit>& limits, const Clock& clock,
                       http::Waiter& waiter)
    : clock_(&clock), waiter_(&waiter) {
  const Instant now = clock.now();
  for (const RateLimit& limit : limits) {
    if (limit.max > 0) buckets_.push_back({limit, limit.max, now});
  }
}

void RateBudget::pause(Instant until) {
  paused_until_ = std::max(paused_until_, until);
}

microseconds RateBudget::delay(std::string_view path) {
  const Instant now = clock_->now();
  auto longest = std::max(microseconds(0), paused_until_ - now);
  for (Bucket& bucket : buckets_) {
    if (!covers(bucket.limit.match, path)) continue;
    const auto passed =
        std::chrono::duration<double>(std::max(microseconds(0), now - bucket.filled));
    const double rate = bucket.limit.max / std::chrono::duration<double>(bucket.limit.per).count();
    bucket.tokens = std::min(bucket.limit.max, bucket.tokens + passed.count() * rate);
    bucket.filled = now;
    if (bucket.tokens >= 1) continue;
    const std::chrono::duration<double> wait((1 - bucket.tokens) / rate);
    longest = std::max(longest, std::chrono::ceil<microseconds>(wait));
  }
  return longest;
}

void RateBudget::spend(std::string_view path, const Interruption& interruption) {
  for (auto wait = delay(path); wait > microseconds(0) && !interruption.due(); wait = delay(path)) {
    waiter_->wait(std::chrono::ceil<std::chrono::milliseconds>(wait), interruption);
  }
  for (Bucket& bucket : buckets_) {
    if (covers(bucket.limit.match, path)) bucket.tokens -= 1;
  }
}

}  // namespace freshet::sources::http_api
