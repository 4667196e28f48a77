#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/interruption.h"
#include "sources/http_api/manifest/manifest.h"

namespace freshet::sources::http_api {

/// Keeps requests below the rates a manifest declares: one token bucket a rule, all rules that
/// match a path apply. Starts full. One thread owns it.
class RateBudget {
 public:
  RateBudget(const std::vector<RateLimit>& limits, const Clock& clock, http::Waiter& waiter);

  /// Waits until a request to `path` is within every rate, and counts it.
  void spend(std::string_view path, const Interruption& interruption);

  /// Nothing may be sent before `until`: what the server's headers said.
  void pause(Instant until);

 private:
  struct Bucket {
    RateLimit limit;
    double tokens = 0;
    Instant filled;
  };

  [[nodiscard]] std::chrono::microseconds delay(std::string_view path);

  std::vector<Bucket> buckets_;
  Instant paused_until_{};
  const Clock* clock_;
  http::Waiter* waiter_;
};

}  // namespace freshet::sources::http_api
