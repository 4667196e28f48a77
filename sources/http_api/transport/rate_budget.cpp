#include "sources/http_api/transport/rate_budget.h"

#include <algorithm>
#include <utility>

#include "sources/http_api/transport/patience.h"

namespace freshet::sources::http_api {

using std::chrono::duration;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds kSoonOver{2'000};
constexpr milliseconds kMostForgotten{60'000};

/// A match that ends in "*" covers every path that begins with the rest.
bool covers(std::string_view match, std::string_view path) {
  if (match.empty()) return true;
  if (!match.ends_with('*')) return match == path;
  return path.starts_with(match.substr(0, match.size() - 1));
}

}  // namespace

double RateBudget::Bucket::rate() const {
  return limit.max / duration<double>(limit.per).count();
}

Instant RateBudget::Bucket::full_at() const {
  return filled + std::chrono::ceil<microseconds>(duration<double>((limit.max - tokens) / rate()));
}

void RateBudget::Bucket::fill(Instant now) {
  const duration<double> passed(std::max(microseconds(0), now - filled));
  tokens = std::min(limit.max, tokens + passed.count() * rate());
  filled = now;
}

bool RateBudget::Bucket::is_worth_writing(Instant now) const {
  const auto enough = std::clamp(limit.per / (tokens < 1 ? 20 : 4), kSoonOver, kMostForgotten);
  return full_at() - std::max(now, remembered) >= enough;
}

RateBudget::RateBudget(const std::vector<RateLimit>& limits, const Clock& clock,
                       http::Waiter& waiter, RateFile file)
    : clock_(&clock), waiter_(&waiter), file_(std::move(file)) {
  const Instant now = clock.now();
  for (const RateLimit& limit : limits) buckets_.push_back({limit, limit.max, now});
  recall();
}

/// Nothing that a file says makes anybody wait longer than the limit itself, or one answer, could.
void RateBudget::recall() {
  const Instant now = clock_->now();
  const RateMemory memory = file_.load(now);
  paused_until_ = std::min(memory.paused_until, now + kLongestPause);
  for (Bucket& bucket : buckets_) {
    for (const RateMemory::Spent& spent : memory.spent) {
      if (spent.match != bucket.limit.match || spent.per != bucket.limit.per) continue;
      bucket.remembered = std::min<Instant>(spent.full, now + bucket.limit.per);
      const duration<double> left(std::max(microseconds(0), bucket.remembered - now));
      bucket.tokens = bucket.limit.max - left.count() * bucket.rate();
    }
  }
}

void RateBudget::remember() {
  const Instant now = clock_->now();
  RateMemory memory{paused_until_, {}};
  for (const Bucket& bucket : buckets_) {
    if (bucket.full_at() > now)
      memory.spent.push_back({bucket.limit.match, bucket.limit.per, bucket.full_at()});
  }
  // What cannot be written is forgotten with this run, and not tried again for every request.
  static_cast<void>(file_.save(memory, now));
  for (Bucket& bucket : buckets_) bucket.remembered = bucket.full_at();
}

void RateBudget::pause(Instant until) {
  if (until <= paused_until_) return;
  paused_until_ = until;
  if (until - clock_->now() >= kSoonOver) remember();
}

microseconds RateBudget::delay(std::string_view path) {
  const Instant now = clock_->now();
  auto longest = std::max(microseconds(0), paused_until_ - now);
  for (Bucket& bucket : buckets_) {
    if (!covers(bucket.limit.match, path)) continue;
    bucket.fill(now);
    if (bucket.tokens >= 1) continue;
    const duration<double> wait((1 - bucket.tokens) / bucket.rate());
    longest = std::max(longest, std::chrono::ceil<microseconds>(wait));
  }
  return longest;
}

void RateBudget::spend(std::string_view path, const Interruption& interruption) {
  for (auto wait = delay(path); wait > microseconds(0) && !interruption.due(); wait = delay(path)) {
    waiter_->wait(std::chrono::ceil<milliseconds>(wait), interruption);
  }
  for (Bucket& bucket : buckets_) {
    if (covers(bucket.limit.match, path)) bucket.tokens -= 1;
  }
  const Instant now = clock_->now();
  const bool news = std::any_of(buckets_.begin(), buckets_.end(),
                                [&](const Bucket& bucket) { return bucket.is_worth_writing(now); });
  if (news) remember();
}

}  // namespace freshet::sources::http_api
