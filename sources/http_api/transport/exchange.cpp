#include "sources/http_api/transport/exchange.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/http/retry.h"
#include "base/http/url.h"
#include "sources/http_api/transport/patience.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::milliseconds;

constexpr http::RetryPolicy kPolicy{.longest_retry_after = milliseconds(300'000)};
constexpr int kMostRedirects = 5;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
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

Result<Done> Exchange::check_host(const std::string& url) const {
  const std::string origin = http::origin_of(url);
  const auto& hosts = parts_.hosts;
  if (!origin.empty() &&
      (origin == origin_ || std::find(hosts.begin(), hosts.end(), origin) != hosts.end())) {
    return Done{};
  }
  return Error{ErrorKind::Refused,
               "the source points to " + http::displayable_url(url) +
                   ", which is no host of its manifest; if it should be, add it to hosts"};
}

Result<http::Response> Exchange::follow(const Outgoing& outgoing, std::string& url,
                                        const Interruption& interruption) {
  Outgoing hop = outgoing;
  for (int redirects = 0;; ++redirects) {
    FRESHET_CHECK(check_host(hop.url));
    Outgoing sent = hop;
    // Nobody but the origin that the configuration names gets to see the credentials.
    if (http::origin_of(hop.url) == origin_) {
      sent.headers.insert(sent.headers.begin(), parts_.headers.begin(), parts_.headers.end());
      FRESHET_CHECK(parts_.authenticator.sign(sent, interruption));
    }
    const http::Request request = sent.request();
    url = request.url;
    const bool below = request.url.starts_with(parts_.base);
    parts_.budget.spend(below ? hop.url.substr(parts_.base.size()) : http::path_of(hop.url),
                        interruption);
    if (interruption.due())
      return Error{ErrorKind::Interrupted, "interrupted while asking the source"};
    ++requests_;
    FRESHET_TRY(http::Response response, parts_.send(request, interruption));
    if (const auto there = server_time(response)) skew_ = *there - parts_.clock.now();
    const auto location = response.headers.find("location");
    if (!is_redirect(response.status) || location == response.headers.end()) return response;
    if (redirects == kMostRedirects) {
      return Error{ErrorKind::Invalid, http::displayable_url(url) + " redirects in circles"};
    }
    FRESHET_TRY(auto target, http::resolve_url(url, location->second));
    hop = continued(hop, std::move(target));
  }
}

Result<Answer> Exchange::attempt(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                                 const Interruption& interruption) {
  Answer answer;
  FRESHET_TRY(answer.response, follow(outgoing, answer.url, interruption));
  auto body =
      answer.response.body.empty() ? Result<Value>(Value()) : Value::parse(answer.response.body);
  const std::array<std::span<const ResponseRule>, 2> rules{own_rules, parts_.manifest.on};
  answer.decision = decide({answer.response, body ? &*body : nullptr}, rules);
  if (body) answer.body = std::move(*body);
  if (answer.decision.reaction != Reaction::Accept) {
    answer.decision.message = http::displayable_url(answer.url) + " " + answer.decision.message;
  }
  return answer;
}

std::optional<milliseconds> Exchange::delay(const Result<Answer>& answer, int attempts) const {
  if (attempts >= kPolicy.attempts) return std::nullopt;
  if (!answer) {
    return answer.error().kind == ErrorKind::Unavailable
               ? std::optional(http::delay_before_next(kPolicy, attempts))
               : std::nullopt;
  }
  const Reaction reaction = answer->decision.reaction;
  if (reaction != Reaction::Retry && reaction != Reaction::Wait) return std::nullopt;
  const auto asked =
      asked_delay(answer->response, parts_.manifest.rate_headers, parts_.clock.now());
  if (!asked || reaction == Reaction::Retry)
    return std::max(asked.value_or(milliseconds(0)), http::delay_before_next(kPolicy, attempts));
  if (*asked > kPolicy.longest_retry_after) return std::nullopt;
  return std::max(*asked, kPolicy.first_delay);
}

Result<Answer> Exchange::send(const Outgoing& outgoing, std::span<const ResponseRule> own_rules,
                              const Interruption& interruption) {
  bool renewed = false;
  for (int attempts = 1;; ++attempts) {
    auto answer = attempt(outgoing, own_rules, interruption);
    if (answer && answer->decision.reaction == Reaction::Reauthenticate) {
      if (!renewed && parts_.authenticator.renew()) {
        renewed = true;
        continue;
      }
      answer->decision.reaction = Reaction::Fail;
      answer->decision.kind = ErrorKind::Denied;
      return answer;
    }
    const auto wait = delay(answer, attempts);
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
    if (answer && answer->decision.reaction == Reaction::Wait)
      parts_.budget.pause(parts_.clock.now() + *wait);
    parts_.waiter.wait(*wait, interruption);
    if (interruption.due())
      return Error{ErrorKind::Interrupted, "interrupted while waiting to ask again"};
  }
}

}  // namespace freshet::sources::http_api
