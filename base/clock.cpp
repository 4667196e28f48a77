#include "base/clock.h"

#include <algorithm>
#include <array>

namespace freshet {

namespace {

/// The number in text[at, at + width), or -1 where that is not all digits.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void append_digits(std::string& text, int value, std::size_t width) {
  text.append(width, '0');
  for (auto at = text.rbegin(); value > 0; value /= 10, ++at)
    *at = static_cast<char>('0' + value % 10);
}

Error not_a_time(std::string_view text) {
  return {ErrorKind::Invalid, "not an RFC 3339 time (such as 2026-11-21T09:30:00Z): " +
                                  std::string(text.substr(0, 60))};
}

/// The fraction of a second that starts at `at` (which holds '.'), moving `at` behind it.
std::chrono::microseconds fraction(std::string_view text, std::size_t& at) {
  std::int64_t value = 0;
  std::int64_t unit = 100000;
  for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10) {
    value += (text[at] - '0') * unit;
  }
  return std::chrono::microseconds{value};
}

}  // namespace

Instant SystemClock::now() const {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

std::string to_rfc3339(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(instant - day)};
  // Microseconds since 1970 reach from year -290307 to 294247; what is no year of RFC 3339 is cut.
  const auto part = [](auto value) { return static_cast<int>(value); };
  std::string text;
  text.reserve(20);
  append_digits(text, std::clamp(part(date.year()), 0, 9999), 4);
  append_digits(text += '-', part(static_cast<unsigned>(date.month())), 2);
  append_digits(text += '-', part(static_cast<unsigned>(date.day())), 2);
  append_digits(text += 'T', part(time.hours().count()), 2);
  append_digits(text += ':', part(time.minutes().count()), 2);
  append_digits(text += ':', part(time.seconds().count()), 2);
  return text += 'Z';
}

std::string to_http_date(Instant instant) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  // Year, day and time are written there as they are here.
  const auto rfc3339 = to_rfc3339(instant);
  const auto weekday = kDays.at(std::chrono::weekday(day).c_encoding());
  const auto month = kMonths.at(static_cast<unsigned>(date.month()) - 1);
  return std::string(weekday) + ", " + rfc3339.substr(8, 2) + " " + std::string(month) + " " +
         rfc3339.substr(0, 4) + " " + rfc3339.substr(11, 8) + " GMT";
}

Result<Instant> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const year_month_day date{year{digits(text, 0, 4)},
                            month{static_cast<unsigned>(digits(text, 5, 2))},
                            day{static_cast<unsigned>(digits(text, 8, 2))}};
  if (text.size() < 10 || text[4] != '-' || text[7] != '-' || !date.ok()) return not_a_time(text);
  Instant instant = sys_days{date};
  if (text.size() == 10) return instant;

  const int h = digits(text, 11, 2);
  const int m = digits(text, 14, 2);
  const int s = digits(text, 17, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60) return not_a_time(text);
  instant += hours{h} + minutes{m} + seconds{s};

  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') instant += fraction(text, at);
  const std::string_view zone = text.substr(at);
  if (zone == "Z" || zone == "z") return instant;
  const int zone_h = digits(zone, 1, 2);
  const int zone_m = digits(zone, 4, 2);
  if (zone.size() != 6 || zone_h < 0 || zone_m < 0) return not_a_time(text);
  const minutes offset = hours{zone_h} + minutes{zone_m};
  return zone[0] == '-' ? instant + offset : instant - offset;
}

}  // namespace freshet
