#include "base/http/retry.h"

#include <algorithm>
#include <charconv>

#include "base/http/date.h"

namespace freshet::http {
namespace {

constexpr std::int64_t kMostSeconds = 365LL * 24 * 3600;

bool is_worth_retrying(const Result<Response>& outcome) {
  if (!outcome) return outcome.error().kind == ErrorKind::Unavailable;
  const int status = outcome->status;
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_retry_after(const std::string& value, Instant now) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error == std::errc{} && end == value.data() + value.size()) {
    return std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kMostSeconds));
  }
  const auto date = parse_http_date(value);
  if (!date) return std::nullopt;
  const auto left = std::chrono::ceil<std::chrono::seconds>(*date - now).count();
  return std::chrono::seconds(std::clamp<std::int64_t>(left, 0, kMostSeconds));
}

Result<Response> RetryingSender::send(const Request& request, const Interruption& interruption) {
  for (int attempt = 1;; ++attempt) {
    Result<Response> outcome = send_(request, interruption);
    const auto delay = delay_after(outcome, attempt);
    if (!delay) return outcome;
    waiter_->wait(*delay, interruption);
    if (interruption.due()) {
      return Error{ErrorKind::Interrupted,
                   "interrupted while waiting to try " + displayable_url(request.url) + " again"};
    }
  }
}

std::optional<std::chrono::milliseconds> RetryingSender::delay_after(
    const Result<Response>& outcome, int attempt) {
  if (attempt >= policy_.attempts || !is_worth_retrying(outcome)) return std::nullopt;
  const auto delay = backoff(attempt);
  if (!outcome) return delay;
  const auto header = outcome->headers.find("retry-after");
  if (header == outcome->headers.end()) return delay;
  const auto asked = parse_retry_after(header->second, clock_->now());
  if (!asked) return delay;
  if (*asked > policy_.longest_retry_after) return std::nullopt;
  return std::max(*asked, delay);
}

std::chrono::milliseconds delay_before_next(const RetryPolicy& policy, int attempts) {
  auto delay = policy.first_delay;
  for (int i = 1; i < attempts && delay < policy.longest_delay; ++i) delay *= 2;
  return std::min(delay, policy.longest_delay);
}

std::chrono::milliseconds RetryingSender::backoff(int attempt) {
  const auto delay = delay_before_next(policy_, attempt);
  const std::lock_guard lock(mutex_);
  std::uniform_int_distribution<std::int64_t> kept(delay.count() / 2, delay.count());
  return std::chrono::milliseconds(kept(random_));
}

}  // namespace freshet::http
