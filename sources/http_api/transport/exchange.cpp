#include "sources/http_api/transport/exchange.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/http/date.h"
#include "base/http/retry.h"
#include "base/http/url.h"
#include "sources/http_api/transport/patience.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::milliseconds;

constexpr http::RetryPolicy kPolicy{.longest_retry_after = kLongestWait};
/// A file is worth less than the records behind it.
constexpr http::RetryPolicy kFilePolicy{.attempts = 2, .longest_retry_after = milliseconds(30'000)};
constexpr int kMostRedirects = 5;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What of an address stands below the path of a base, whatever its host; nothing if it does not.
std::optional<std::string> below(std::string_view url, const std::string& base) {
  const std::string_view prefix = http::target_of(base);
  const std::string_view target = http::target_of(url);
  if (base.empty() || !target.starts_with(prefix)) return std::nullopt;
  const std::string_view rest = target.substr(prefix.size());
  const bool whole = rest.empty() || rest.starts_with('/') || rest.starts_with('?');
  return whole ? std::optional(std::string(rest)) : std::nullopt;
}

/// An address for messages. A file's says no more than its host.
std::string shown(const Outgoing& outgoing, const std::string& url) {
  std::string text = http::displayable_url(url);
  if (!outgoing.file_bytes) return text;
  const std::size_t scheme = text.find("://");
  return scheme == std::string::npos ? "a file" : text.substr(0, text.find('/', scheme + 3));
}

/// The same for what the client says.
Error without_path(Error error, const Outgoing& outgoing, const std::string& url) {
  const std::string whole = http::displayable_url(url);
  const std::size_t at = error.message.find(whole);
  if (at != std::string::npos) error.message.replace(at, whole.size(), shown(outgoing, url));
  return error;
}

bool is_success(int status) {
  return status >= 200 && status < 300;
}

/// The query is in the address already.
Outgoing continued(const Outgoing& outgoing, std::string url) {
  Outgoing next = outgoing;
  next.url = std::move(url);
  next.query.clear();
  return next;
}

}  // namespace

Exchange::Exchange(Parts parts) : parts_(std::move(parts)), origin_(http::origin_of(parts_.base)) {}

Result<Done> Exchange::check_host(const Outgoing& hop, const std::string& origin) const {
  if (!origin.empty() && (origin == origin_ || parts_.hosts.contains(origin))) return Done{};
  return Error{ErrorKind::Refused,
               "the source points to " + shown(hop, hop.url) +
                   ", which is no host of its manifest; if it should be, add it to hosts"};
}

Result<http::Response> Exchange::ask(const Outgoing& hop, const http::Request& request,
                                     const Interruption& interruption) {
  const std::string_view target = http::target_of(hop.url);
  std::string_view path = target.substr(0, target.find_first_of("?#"));
  if (hop.url.starts_with(parts_.base)) path.remove_prefix(http::target_of(parts_.base).size());
  parts_.budget.spend(path, interruption);
  if (interruption.due())
    return Error{ErrorKind::Interrupted, "interrupted while asking the source"};
  ++requests_;
  auto response = parts_.send(request, interruption);
  if (!response) return without_path(std::move(response).error(), hop, request.url);
  // A file may come from elsewhere, or from a cache with the date of long ago.
  if (!hop.file_bytes) compare_clocks(*response);
  return response;
}

/// The answers of one second have the same date, which is read once.
void Exchange::compare_clocks(const http::Response& response) {
  const auto date = response.headers.find("date");
  if (date == response.headers.end()) return;
  if (date->second != last_date_) {
    last_date_ = date->second;
    last_time_ = http::parse_http_date(last_date_);
  }
  if (last_time_) skew_ = *last_time_ - parts_.clock.now();
}

Result<http::Response> Exchange::follow(const Outgoing& outgoing, std::string& url,
                                        const Interruption& interruption) {
  Outgoing hop = outgoing;
  bool ours = true;
  for (int redirects = 0;; ++redirects) {
    const std::string origin = http::origin_of(hop.url);
    FRESHET_CHECK(check_host(hop, origin));
    Outgoing sent = hop;
    // Nobody but the origin that the configuration names gets to see the credentials, and nobody
    // else may choose what is asked of it with them.
    ours = ours && origin == origin_;
    if (ours) {
      sent.headers.insert(sent.headers.begin(), parts_.headers.begin(), parts_.headers.end());
      FRESHET_CHECK(parts_.authenticator.sign(sent, interruption));
    }
    const http::Request request = sent.request();
    url = request.url;
    FRESHET_TRY(http::Response response, ask(sent, request, interruption));
    const auto location = response.headers.find("location");
    if (!is_redirect(response.status) || location == response.headers.end()) return response;
    if (redirects == kMostRedirects) {
      return Error{ErrorKind::Invalid, shown(outgoing, url) + " redirects in circles"};
    }
    auto target = http::resolve_url(url, location->second);
    if (!target)
      return Error{ErrorKind::Invalid, shown(outgoing, url) + " redirects to what is no address"};
    hop = continued(hop, *std::move(target));
  }
}

Result<Answer> Exchange::attempt(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                                 const Interruption& interruption) {
  Answer answer;
  FRESHET_TRY(answer.response, follow(outgoing, answer.url, interruption));
  if (outgoing.file_bytes && is_success(answer.response.status)) {
    if (answer.response.body.size() <= *outgoing.file_bytes) return answer;
    return Error{ErrorKind::Invalid, shown(outgoing, answer.url) + " sent more than was asked for"};
  }
  auto body =
      answer.response.body.empty() ? Result<Value>(Value()) : Value::parse(answer.response.body);
  const std::array<std::span<const ResponseRule>, 2> rules{own_rules, parts_.manifest.on};
  answer.decision = decide({answer.response, body ? &*body : nullptr}, rules);
  if (body) answer.body = std::move(*body);
  if (outgoing.file_bytes && answer.decision.reaction == Reaction::Accept) {
    // What a rule takes for an empty listing is no file.
    answer.decision = {Reaction::Fail, ErrorKind::Invalid,
                       "answered " + std::to_string(answer.response.status)};
  }
  if (answer.decision.reaction != Reaction::Accept) {
    answer.decision.message = shown(outgoing, answer.url) + " " + answer.decision.message;
  }
  return answer;
}

std::optional<milliseconds> Exchange::delay(const Outgoing& outgoing, const Result<Answer>& answer,
                                            int attempts) const {
  const http::RetryPolicy& policy = outgoing.file_bytes ? kFilePolicy : kPolicy;
  if (attempts >= policy.attempts) return std::nullopt;
  if (!answer) {
    return answer.error().kind == ErrorKind::Unavailable
               ? std::optional(http::delay_before_next(policy, attempts))
               : std::nullopt;
  }
  const Reaction reaction = answer->decision.reaction;
  if (reaction != Reaction::Retry && reaction != Reaction::Wait) return std::nullopt;
  const auto asked =
      asked_delay(answer->response, parts_.manifest.rate_headers, parts_.clock.now());
  const bool too_long = asked && *asked > policy.longest_retry_after;
  if (reaction == Reaction::Wait && too_long) return std::nullopt;
  if (reaction == Reaction::Wait && asked) return std::max(*asked, policy.first_delay);
  return std::max(too_long ? milliseconds(0) : asked.value_or(milliseconds(0)),
                  http::delay_before_next(policy, attempts));
}

Result<Answer> Exchange::download(const std::string& url, std::size_t max_bytes,
                                  const Interruption& interruption) {
  Outgoing outgoing;
  auto address = http::resolve_url(parts_.base + "/", url);
  if (!address) return Error{ErrorKind::Invalid, "the source gives no address for it"};
  outgoing.url = *std::move(address);
  outgoing.file_bytes = max_bytes;
  return send(outgoing, {}, interruption);
}

std::string Exchange::by_base(const std::string& url) const {
  const std::string origin = http::origin_of(url);
  if (origin.empty() || parts_.hosts.contains(origin)) return url;
  const bool ours = origin == origin_;
  const auto asked = below(url, parts_.base);
  if (ours && asked) return url;
  // Without a path a base says nothing but the host.
  if (asked && !http::target_of(parts_.base).empty()) return parts_.base + *asked;
  const bool itself = ours || origin == http::origin_of(parts_.own_base);
  const auto named = below(url, parts_.own_base);
  if (named && (itself || !http::target_of(parts_.own_base).empty())) return parts_.base + *named;
  return url;
}

/// What an answer asks for, or the wait before the next attempt, holds for all of the source.
void Exchange::heed(const Answer& answer, std::optional<milliseconds> wait) {
  const Reaction reaction = answer.decision.reaction;
  if (reaction != Reaction::Wait && reaction != Reaction::PauseSource) return;
  const Instant now = parts_.clock.now();
  const auto asked = asked_delay(answer.response, parts_.manifest.rate_headers, now);
  const auto longest = std::max(asked.value_or(milliseconds(0)), wait.value_or(milliseconds(0)));
  parts_.budget.pause(now + std::min(longest, kLongestPause));
}

Result<Done> Exchange::check_pause() const {
  const Instant until = parts_.budget.paused_until();
  if (until - parts_.clock.now() <= kLongestWait) return Done{};
  return Error{ErrorKind::Unavailable, "the source asked to be left alone until " +
                                           to_rfc3339(until) + "; a sync after that goes on"};
}

Result<Answer> Exchange::send(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                              const Interruption& interruption) {
  FRESHET_CHECK(check_pause());
  bool renewed = false;
  for (int attempts = 1;; ++attempts) {
    auto answer = attempt(outgoing, own_rules, interruption);
    if (answer && answer->decision.reaction == Reaction::Reauthenticate) {
      // An expired link to a file says nothing of our token.
      if (!outgoing.file_bytes && !renewed && parts_.authenticator.renew()) {
        renewed = true;
        continue;
      }
      answer->decision.reaction = Reaction::Fail;
      answer->decision.kind = ErrorKind::Denied;
      return answer;
    }
    const auto wait = delay(outgoing, answer, attempts);
    if (answer && !outgoing.file_bytes) heed(*answer, wait);
    if (!wait) {
      // Patience has run out: what would have been waited for is now a failure.
      const bool spent = answer && (answer->decision.reaction == Reaction::Retry ||
                                    answer->decision.reaction == Reaction::Wait);
      if (spent) {
        answer->decision.reaction = Reaction::Fail;
        answer->decision.kind = ErrorKind::Unavailable;
      }
      return answer;
    }
    parts_.waiter.wait(*wait, interruption);
    if (interruption.due())
      return Error{ErrorKind::Interrupted, "interrupted while waiting to ask again"};
  }
}

}  // namespace freshet::sources::http_api
