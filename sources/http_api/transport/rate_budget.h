#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/interruption.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/transport/rate_file.h"

namespace freshet::sources::http_api {

/// Keeps requests below the rates a manifest declares: one token bucket a rule, all rules that
/// match a path apply. Goes on where the last run stopped, as far as `file` knows; else it starts
/// full. One thread owns it.
///
/// A pause is written at once, spending once a quarter of a limit (at most a minute's worth) is not
/// on disk yet, or a twentieth where nothing is left: a kill loses no more than that, and a sync
/// without news writes nothing. What fills again within two seconds, before another run could
/// begin, is not written, and what cannot be written is forgotten with the process.
class RateBudget {
 public:
  RateBudget(const std::vector<RateLimit>& limits, const Clock& clock, http::Waiter& waiter,
             RateFile file);

  /// Waits until a request to `path` is within every rate, and counts it.
  void spend(std::string_view path, const Interruption& interruption);

  /// Nothing may be sent before `until`: what the server's headers said.
  void pause(Instant until);

  /// When the pause is over; a time that has passed where there is none.
  [[nodiscard]] Instant paused_until() const { return paused_until_; }

 private:
  struct Bucket {
    RateLimit limit;
    double tokens = 0;
    Instant filled;
    Instant remembered{};  ///< What the file says of when it is full.

    [[nodiscard]] double rate() const;  ///< Tokens a second.
    [[nodiscard]] Instant full_at() const;
    void fill(Instant now);
    [[nodiscard]] bool is_worth_writing(Instant now) const;
  };

  [[nodiscard]] std::chrono::microseconds delay(std::string_view path);
  void recall();
  void remember();

  std::vector<Bucket> buckets_;
  Instant paused_until_{};
  const Clock* clock_;
  http::Waiter* waiter_;
  RateFile file_;
};

}  // namespace freshet::sources::http_api
