#include "sources/http_api/transport/decision.h"

#include <algorithm>
#include <cctype>

namespace freshet::sources::http_api {
namespace {

std::string header(const http::Response& response, const std::string& name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? "" : found->second;
}

bool contains(std::string_view text, std::string_view lower_part) {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == static_cast<unsigned char>(b);
  };
  return std::search(text.begin(), text.end(), lower_part.begin(), lower_part.end(), same) !=
         text.end();
}

bool holds(const ResponseRule& rule, const Received& received) {
  const http::Response& response = received.response;
  const auto& statuses = rule.statuses;
  if (!statuses.empty() &&
      std::find(statuses.begin(), statuses.end(), response.status) == statuses.end()) {
    return false;
  }
  if (rule.undecodable && received.body != nullptr) return false;
  if (!rule.header.empty() && !contains(header(response, rule.header), rule.header_holds))
    return false;
  if (!rule.body_holds.empty() && !contains(response.body, rule.body_holds)) return false;
  if (!rule.when) return true;
  if (received.body == nullptr) return false;
  const auto found = rule.when->first(*received.body);
  return found && found->truthy();
}

ErrorKind kind_of(int status) {
  if (status == 401 || status == 403 || status == 407) return ErrorKind::Denied;
  if (status == 429 || status >= 500) return ErrorKind::Unavailable;
  return ErrorKind::Invalid;
}

std::string meaning_of(int status) {
  const std::string answered = "answered " + std::to_string(status);
  switch (status) {
    case 401:
      return answered + " (not signed in); check the credentials of this source";
    case 403:
      return answered + " (no permission); give this source's account the right to read it";
    case 404:
      return answered + " (not found); check the address and that the account may see it";
    case 429:
      return answered + " (too many requests); the next sync goes on";
    default:
      return answered +
             (status >= 500 ? "; the server has a problem, the next sync tries again" : "");
  }
}

Decision undecodable(const http::Response& response) {
  const bool page = contains(header(response, "content-type"), "text/html") ||
                    contains(std::string_view(response.body).substr(0, 200), "<html");
  if (page) {
    return {
        Reaction::Fail, ErrorKind::Denied,
        "answered with a web page instead of JSON; it wants a login, or base_url is not the API"};
  }
  return {Reaction::Retry, ErrorKind::Unavailable,
          "answered with JSON that is damaged or cut short"};
}

Decision built_in(const Received& received) {
  const int status = received.response.status;
  Decision decision{Reaction::Fail, kind_of(status), meaning_of(status)};
  if (status >= 200 && status < 300) {
    return received.body != nullptr ? Decision{} : undecodable(received.response);
  }
  if (status == 429 || (status == 503 && received.response.headers.contains("retry-after"))) {
    decision.reaction = Reaction::Wait;
  } else if (status >= 500 || status == 408 || status == 425) {
    decision.reaction = Reaction::Retry;
    decision.kind = ErrorKind::Unavailable;
  } else if (status == 401) {
    decision.reaction = Reaction::Reauthenticate;
  }
  return decision;
}

}  // namespace

Decision decide(const Received& received, std::span<const std::span<const ResponseRule>> rules) {
  for (const auto& list : rules) {
    const auto rule = std::find_if(list.begin(), list.end(), [&](const ResponseRule& candidate) {
      return holds(candidate, received);
    });
    if (rule == list.end()) continue;
    const int status = received.response.status;
    return {rule->reaction, kind_of(status),
            rule->message.empty() ? meaning_of(status) : rule->message};
  }
  return built_in(received);
}

}  // namespace freshet::sources::http_api
