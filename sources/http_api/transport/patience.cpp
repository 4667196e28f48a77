#include "sources/http_api/transport/patience.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

#include "base/http/date.h"
#include "base/http/retry.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::milliseconds;
using Meaning = RateHeader::Meaning;

/// A number of seconds below this cannot be a date of this century.
constexpr double kEarliestEpoch = 1e9;

std::optional<double> number_of(const std::string& text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || number < 0 || number > 1e13) return std::nullopt;
  return number;
}

milliseconds seconds(double count) {
  return std::chrono::ceil<milliseconds>(std::chrono::duration<double>(std::max(0.0, count)));
}

std::optional<milliseconds> delay_of(const std::string& text, Meaning meaning, Instant now) {
  if (meaning == Meaning::WaitSeconds) return http::parse_retry_after(text, now);
  if (meaning == Meaning::ResetTime) {
    const auto reset = parse_rfc3339(text);
    if (!reset) return std::nullopt;
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(*reset - now));
  }
  const auto number = number_of(text);
  if (!number) return std::nullopt;
  if (meaning == Meaning::ResetSeconds) return seconds(*number);
  const double since_epoch = std::chrono::duration<double>(now.time_since_epoch()).count();
  return seconds(*number - since_epoch);
}

std::optional<milliseconds> from_header(const http::Response& response, const std::string& name,
                                        std::optional<Meaning> meaning, Instant now) {
  const auto header = response.headers.find(name);
  if (header == response.headers.end()) return std::nullopt;
  if (!meaning) {
    const auto number = number_of(header->second);
    const bool epoch = number && *number > kEarliestEpoch;
    meaning = number ? (epoch ? Meaning::ResetEpoch : Meaning::ResetSeconds) : Meaning::ResetTime;
  }
  return delay_of(header->second, *meaning, now);
}

/// A count that is not used up begins anew without anybody waiting for it: many services say on
/// every answer when it does.
bool has_some_left(const http::Response& response, std::string_view limit) {
  const auto remaining = response.headers.find(std::string(limit) + "-remaining");
  return remaining != response.headers.end() && number_of(remaining->second).value_or(0) > 0;
}

std::optional<Instant> server_time(const http::Response& response) {
  const auto date = response.headers.find("date");
  if (date == response.headers.end()) return std::nullopt;
  return http::parse_http_date(date->second);
}

}  // namespace

std::optional<milliseconds> asked_delay(const http::Response& response,
                                        const std::vector<RateHeader>& headers, Instant now) {
  const Instant there = server_time(response).value_or(now);
  for (const RateHeader& header : headers) {
    if (auto delay = from_header(response, header.name, header.meaning, there)) return delay;
  }
  for (const char* name : {"retry-after", "x-ratelimit-retry-after"}) {
    if (auto delay = from_header(response, name, Meaning::WaitSeconds, there)) return delay;
  }
  for (const std::string limit : {"x-ratelimit", "ratelimit", "x-rate-limit"}) {
    if (has_some_left(response, limit)) continue;
    if (auto delay = from_header(response, limit + "-reset", std::nullopt, there)) return delay;
  }
  return std::nullopt;
}

}  // namespace freshet::sources::http_api
