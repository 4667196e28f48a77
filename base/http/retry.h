#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "base/clock.h"
#include "base/http/client.h"
#include "base/http/waiter.h"
#include "base/interruption.h"
#include "base/result.h"

namespace freshet::http {

/// When to try again, and how long to wait before.
struct RetryPolicy {
  int attempts = 5;  ///< In all.
  /// Before the second attempt; doubles with every further one, and is then cut by up to half at
  /// random so that many clients do not come back together.
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds longest_delay{30000};
  /// A server that asks (Retry-After) for more patience than this is given up on at once.
  std::chrono::milliseconds longest_retry_after{120000};
};

/// The delay after so many attempts, before any of it is cut at random.
std::chrono::milliseconds delay_before_next(const RetryPolicy& policy, int attempts);

/// The delay that a Retry-After header asks for (RFC 9110, 10.2.3): seconds or a date. Nothing when
/// it is neither; never negative.
std::optional<std::chrono::milliseconds> parse_retry_after(const std::string& value, Instant now);

/// Sends, and sends again when the far side was not reached or answers 408, 425, 429 or 5xx. Only
/// for requests that are safe to send twice. Thread-safe.
class RetryingSender {
 public:
  using Send = std::function<Result<Response>(const Request&, const Interruption&)>;

  RetryingSender(Send send, RetryPolicy policy, const Clock& clock, Waiter& waiter,
                 std::uint64_t seed)
      : send_(std::move(send)), policy_(policy), clock_(&clock), waiter_(&waiter), random_(seed) {}

  /// The last answer, whatever its status, or the last error. Interrupted also while waiting.
  Result<Response> send(const Request& request, const Interruption& interruption);

 private:
  /// Nothing when it is time to give up.
  std::optional<std::chrono::milliseconds> delay_after(const Result<Response>& outcome,
                                                       int attempt);
  std::chrono::milliseconds backoff(int attempt);

  Send send_;
  RetryPolicy policy_;
  const Clock* clock_;
  Waiter* waiter_;
  std::mutex mutex_;  ///< Guards `random_`.
  std::mt19937_64 random_;
};

}  // namespace freshet::http
