#include "sources/http_api/moments.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>

#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace freshet::sources::http_api {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr microseconds kLongest = days{100000};
constexpr Instant kEarliest = std::chrono::sys_days{std::chrono::year{1} / 1 / 1};
constexpr Instant kLatest = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};

struct Unit {
  std::string_view name;
  microseconds size;
};
constexpr std::array kUnits{Unit{"ms", std::chrono::milliseconds{1}},
                            Unit{"s", seconds{1}},
                            Unit{"m", minutes{1}},
                            Unit{"h", hours{1}},
                            Unit{"d", days{1}},
                            Unit{"w", days{7}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The offset at the end of an ISO time in its long form ("+02:00"), or "Z" where there is none.
std::string long_zone(std::string_view zone) {
  if (zone.empty()) return "Z";
  std::string text(zone);
  if (text.size() == 3) text += ":00";
  if (text.size() == 5) text.insert(3, ":");
  return text;
}

std::string with_long_zone(std::string_view time) {
  const auto zone = std::min(time.find_first_not_of("0123456789:.", 11), time.size());
  return std::string(time.substr(0, zone)) + long_zone(time.substr(zone));
}

Error unfit(std::string_view what) {
  return {ErrorKind::Invalid, std::string(what)};
}

/// "+02:00" or "+0200"; nothing else.
std::optional<minutes> fixed_offset(std::string_view zone) {
  std::string text = long_zone(zone);
  if (zone.empty() || text == "Z" || text == "UTC") return minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  for (const std::size_t at : {1, 2, 4, 5}) {
    if (!is_digit(text[at])) return std::nullopt;
  }
  const int ahead =
      ((text[1] - '0') * 10 + text[2] - '0') * 60 + (text[4] - '0') * 10 + text[5] - '0';
  return minutes{text[0] == '-' ? -ahead : ahead};
}

std::string offset_text(minutes offset) {
  std::array<char, 16> text{};
  const auto ahead = std::chrono::abs(offset).count();
  std::snprintf(text.data(), text.size(), "%c%02d:%02d", offset < minutes{0} ? '-' : '+',
                static_cast<int>(ahead / 60), static_cast<int>(ahead % 60));
  return text.data();
}

}  // namespace

Result<Instant> in_range(Instant instant) {
  if (instant < kEarliest || instant > kLatest)
    return unfit("the time is not in the years 1 to 9999");
  return instant;
}

Result<Instant> parse_iso(std::string_view text) {
  const Error wrong = unfit("it is not a time; use parse:FORMAT to say how it is written");
  const bool is_date = text.size() <= 10;
  if (!is_date && text[10] != 'T' && text[10] != 't' && text[10] != ' ') return wrong;
  const auto instant = is_date || (text[10] == 'T' && text.ends_with('Z'))
                           ? parse_rfc3339(text)
                           : parse_rfc3339(with_long_zone(text));
  if (!instant) return wrong;
  return in_range(*instant);
}

std::string iso_text(Instant instant, minutes offset) {
  const Instant local = instant + offset;
  const auto rest = (local - floor<seconds>(local)).count();
  std::string text = to_rfc3339(floor<seconds>(local));
  text.pop_back();
  std::array<char, 16> fraction{};
  if (rest % 1000 != 0) {
    std::snprintf(fraction.data(), fraction.size(), ".%06d", static_cast<int>(rest));
  } else if (rest != 0) {
    std::snprintf(fraction.data(), fraction.size(), ".%03d", static_cast<int>(rest / 1000));
  }
  return text + fraction.data() + (offset == minutes{0} ? "Z" : offset_text(offset));
}

Result<microseconds> parse_duration(std::string_view text) {
  const bool back = text.starts_with('-');
  std::string_view rest = text.substr(back || text.starts_with('+') ? 1 : 0);
  long long count = 0;
  const auto [end, code] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
  const auto name = rest.substr(static_cast<std::size_t>(end - rest.data()));
  for (const Unit& unit : kUnits) {
    if (name != unit.name || code != std::errc{} || !is_digit(rest[0])) continue;
    if (count > kLongest / unit.size) return unfit("a duration is longer than 100,000 days");
    return microseconds{unit.size.count() * (back ? -count : count)};
  }
  return unfit("\"" + std::string(text.substr(0, 40)) +
               "\" is no duration such as -120s, 3h or 2d");
}

Result<minutes> zone_offset(std::string_view zone, Instant instant) {
  if (const auto fixed = fixed_offset(zone)) return *fixed;
  const auto name = icu::UnicodeString::fromUTF8(std::string(zone));
  const std::unique_ptr<icu::TimeZone> found(icu::TimeZone::createTimeZone(name));
  if (!found || *found == icu::TimeZone::getUnknown()) {
    return unfit("\"" + std::string(zone.substr(0, 40)) +
                 "\" is no time zone such as +02:00 or Europe/Berlin");
  }
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto milliseconds = floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
  found->getOffset(static_cast<UDate>(milliseconds), 0, raw, summer, status);
  return floor<minutes>(std::chrono::milliseconds{raw + summer});
}

}  // namespace freshet::sources::http_api
