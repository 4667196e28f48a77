// The strftime subset of the fmt and parse filters, without any locale.
#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "sources/http_api/moments.h"

namespace freshet::sources::http_api {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kWeekdays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};

Error unfit(std::string_view what) {
  return {ErrorKind::Invalid, std::string(what)};
}

/// %F and %T are short for others.
std::string expanded(std::string_view format) {
  std::string out;
  for (std::size_t at = 0; at < format.size(); ++at) {
    const auto pair = format.substr(at, 2);
    const bool percent = pair.size() == 2 && pair[0] == '%';
    if (pair == "%F") {
      out += "%Y-%m-%d";
    } else if (pair == "%T") {
      out += "%H:%M:%S";
    } else {
      out += percent ? pair : pair.substr(0, 1);
    }
    if (percent) ++at;
  }
  return out;
}

std::string padded(long long number, int width) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%0*lld", width, number);
  return text.data();
}

/// A point of local time taken apart.
struct Local {
  Local(Instant utc, minutes ahead)
      : instant(utc),
        offset(ahead),
        day(floor<days>(utc + ahead)),
        date(day),
        time(utc + ahead - day) {}

  Instant instant;
  minutes offset;
  std::chrono::sys_days day;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<microseconds> time;
};

std::optional<std::string> date_field(char field, const Local& local) {
  const std::chrono::sys_days first = local.date.year() / 1 / 1;
  const int year = static_cast<int>(local.date.year());
  const unsigned month = static_cast<unsigned>(local.date.month());
  switch (field) {
    case 'Y':
      return padded(year, 4);
    case 'y':
      return padded(year % 100, 2);
    case 'm':
      return padded(month, 2);
    case 'd':
      return padded(static_cast<unsigned>(local.date.day()), 2);
    case 'j':
      return padded((local.day - first).count() + 1, 3);
    case 'b':
      return std::string(kMonths.at(month - 1));
    case 'a':
      return std::string(kWeekdays.at(std::chrono::weekday(local.day).c_encoding()));
    default:
      return std::nullopt;
  }
}

std::optional<std::string> time_field(char field, const Local& local) {
  switch (field) {
    case 'H':
      return padded(local.time.hours().count(), 2);
    case 'M':
      return padded(local.time.minutes().count(), 2);
    case 'S':
      return padded(local.time.seconds().count(), 2);
    case 'f':
      return padded(local.time.subseconds().count(), 6);
    case 's':
      return std::to_string(floor<seconds>(local.instant).time_since_epoch().count());
    case 'z':
      return (local.offset < minutes{0} ? "-" : "+") +
             padded(std::chrono::abs(local.offset).count() / 60, 2) +
             padded(std::chrono::abs(local.offset).count() % 60, 2);
    case '%':
      return "%";
    default:
      return date_field(field, local);
  }
}

/// What parse has read so far.
struct Reading {
  std::string_view rest;
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  microseconds since_midnight{0};
  microseconds offset{0};
  std::optional<seconds> epoch;

  std::optional<long long> number(std::size_t most);
  bool zone();
  bool month_name();
  bool fraction();
  bool field(char name);
};

std::optional<long long> Reading::number(std::size_t most) {
  long long value = 0;
  std::size_t size = 0;
  while (size < std::min(most, rest.size()) && rest[size] >= '0' && rest[size] <= '9') {
    value = value * 10 + (rest[size++] - '0');
  }
  rest.remove_prefix(size);
  return size > 0 ? std::optional(value) : std::nullopt;
}

bool Reading::zone() {
  const auto end = std::min(rest.find_first_not_of("+-:0123456789Z"), rest.size());
  const auto ahead = zone_offset(rest.substr(0, end), Instant{});
  if (end == 0 || !ahead) return false;
  offset = *ahead;
  rest.remove_prefix(end);
  return true;
}

bool Reading::month_name() {
  const auto* const found = std::find(kMonths.begin(), kMonths.end(), rest.substr(0, 3));
  if (found == kMonths.end()) return false;
  month = static_cast<unsigned>(found - kMonths.begin()) + 1;
  rest.remove_prefix(3);
  return true;
}

bool Reading::fraction() {
  const auto before = rest.size();
  const auto digits = number(6);
  if (!digits) return false;
  auto value = *digits;
  for (auto size = before - rest.size(); size < 6; ++size) value *= 10;
  since_midnight += microseconds{value};
  rest.remove_prefix(std::min(rest.find_first_not_of("0123456789"), rest.size()));
  return true;
}

bool Reading::field(char name) {
  if (name == 'z') return zone();
  if (name == 'b') return month_name();
  if (name == 'f') return fraction();
  const auto value = number(name == 'Y' ? 4 : name == 's' ? 12 : 2);
  if (!value) return false;
  switch (name) {
    case 'Y':
      year = static_cast<int>(*value);
      return true;
    case 'm':
      month = static_cast<unsigned>(*value);
      return true;
    case 'd':
      day = static_cast<unsigned>(*value);
      return true;
    case 'H':
      since_midnight += hours{*value};
      return *value < 24;
    case 'M':
      since_midnight += minutes{*value};
      return *value < 60;
    case 'S':
      since_midnight += seconds{*value};
      return *value < 61;
    case 's':
      epoch = seconds{*value};
      return true;
    default:
      return false;
  }
}

/// Whether the format ends in a whole field and has only those that `known` knows.
Result<Done> check(std::string_view format, std::string_view known) {
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (format[at] != '%') continue;
    ++at;
    if (at == format.size() || known.find(format[at]) == std::string_view::npos) {
      return unfit("the format has %" + std::string(format.substr(at, 1)) + ", which is none of %" +
                   std::string(known));
    }
  }
  return Done{};
}

}  // namespace

Result<Done> check_time_format(std::string_view format) {
  return check(format, "YymdjHMSfsbazFT%");
}

Result<Done> check_parse_format(std::string_view format) {
  return check(format, "YmdHMSfsbzFT%");
}

Result<std::string> format_time(Instant instant, minutes offset, std::string_view format) {
  FRESHET_CHECK(check_time_format(format));
  const std::string fields = expanded(format);
  const Local local(instant, offset);
  std::string out;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    if (fields[at] != '%') {
      out += fields[at];
    } else {
      out += time_field(fields[++at], local).value_or("");
    }
  }
  return out;
}

Result<Instant> parse_time(std::string_view text, std::string_view format) {
  FRESHET_CHECK(check_parse_format(format));
  const std::string fields = expanded(format);
  Reading reading;
  reading.rest = text;
  for (std::size_t at = 0; at < fields.size(); ++at) {
    const bool field = fields[at] == '%' && fields[++at] != '%';
    const bool fits = field ? reading.field(fields[at]) : reading.rest.starts_with(fields[at]);
    if (!fits) return unfit("it is not written as \"" + std::string(format) + "\"");
    if (!field) reading.rest.remove_prefix(1);
  }
  const std::chrono::year_month_day date{std::chrono::year{reading.year},
                                         std::chrono::month{reading.month},
                                         std::chrono::day{reading.day}};
  if (!reading.rest.empty() || !date.ok()) {
    return unfit("it is not written as \"" + std::string(format) + "\", or is no date");
  }
  if (reading.epoch) return in_range(Instant{*reading.epoch});
  return in_range(std::chrono::sys_days{date} + reading.since_midnight - reading.offset);
}

}  // namespace freshet::sources::http_api
