#include "base/cron.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

namespace freshet {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::size_t kMostBytes = 500;
/// The calendar repeats after 400 years.
constexpr int kMostDays = 146'097;
constexpr int kMinutesOfDay = 24 * 60;

struct Field {
  std::string_view name;
  unsigned first;
  unsigned last;
  std::string_view words;  ///< Three letters each, the first stands for `first`.
};

constexpr std::array<Field, 5> kFields{{{"minute", 0, 59, ""},
                                        {"hour", 0, 23, ""},
                                        {"day of month", 1, 31, ""},
                                        {"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
                                        {"day of week", 0, 7, "sunmontuewedthufrisat"}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kShorthands{
    {{"@hourly", "0 * * * *"}, {"@daily", "0 0 * * *"}, {"@weekly", "0 0 * * 0"}}};

std::uint64_t bit(unsigned value) {
  return std::uint64_t{1} << value;
}

std::string quoted(std::string_view text) {
  return "\"" + std::string(text.substr(0, 60)) + "\"";
}

Error in_field(const Field& field, std::string_view text, const std::string& message) {
  return {ErrorKind::Invalid,
          "the " + std::string(field.name) + " " + quoted(text) + " " + message};
}

std::string bounds_of(const Field& field) {
  const std::string numbers =
      "must be " + std::to_string(field.first) + " to " + std::to_string(field.last);
  if (field.words.empty()) return numbers;
  return numbers + " or " + std::string(field.words.substr(0, 3)) + " to " +
         std::string(field.words.substr(field.words.size() - 3));
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find_first_of(separators);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::optional<unsigned> number_in(std::string_view text) {
  unsigned value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<unsigned> value_in(const Field& field, std::string_view text) {
  const auto word = text.size() == 3 ? field.words.find(lower_case(text)) : std::string_view::npos;
  if (word != std::string_view::npos && word % 3 == 0) {
    return field.first + static_cast<unsigned>(word / 3);
  }
  const auto value = number_in(text);
  if (!value || *value < field.first || *value > field.last) {
    return in_field(field, text, bounds_of(field));
  }
  return *value;
}

/// "*", "5", "9-17", "*/10" or "9-17/2".
Result<std::uint64_t> values_of(const Field& field, std::string_view item) {
  const auto slash = item.find('/');
  const std::string_view range = item.substr(0, slash);
  unsigned first = field.first;
  unsigned last = field.last;
  if (range != "*") {
    const auto dash = range.find('-');
    FRESHET_TRY(first, value_in(field, range.substr(0, dash)));
    last = first;
    if (dash != std::string_view::npos) {
      FRESHET_TRY(last, value_in(field, range.substr(dash + 1)));
    } else if (slash != std::string_view::npos) {
      return in_field(field, item, "has a step without a range; write */2 or 4-20/2");
    }
  }
  if (first > last) return in_field(field, item, "runs backwards; write two ranges: 22-23,0-5");
  const auto step = slash == std::string_view::npos ? 1 : number_in(item.substr(slash + 1));
  if (!step || *step == 0 || *step > 1000) {
    return in_field(field, item, "has a step that is not a number from 1 up");
  }
  std::uint64_t values = 0;
  for (unsigned value = first; value <= last; value += *step) values |= bit(value);
  return values;
}

Result<std::uint64_t> values_of_list(const Field& field, std::string_view list) {
  std::uint64_t values = 0;
  for (const std::string_view item : split(list, ",")) {
    FRESHET_TRY(const std::uint64_t more, values_of(field, item));
    values |= more;
  }
  return values;
}

std::vector<std::string_view> words_of(std::string_view text) {
  auto words = split(text, " \t");
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

/// Whether some month of `months` is long enough for some day of `month_days`.
bool has_a_date(std::uint64_t months, std::uint64_t month_days) {
  constexpr std::array<int, 12> kLongest{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int first_day = std::countr_zero(month_days);
  for (unsigned month = 1; month <= 12; ++month) {
    if ((months & bit(month)) != 0 && first_day <= kLongest[month - 1]) return true;
  }
  return false;
}

}  // namespace

Result<Cron> Cron::parse(std::string_view text) {
  if (text.size() > kMostBytes) {
    return Error{ErrorKind::Invalid, "a schedule is no longer than 500 characters"};
  }
  for (const auto& [word, meaning] : kShorthands) {
    if (text == word) return parse(meaning);
  }
  const auto fields = words_of(text);
  if (fields.size() != kFields.size() || text.starts_with('@')) {
    return Error{ErrorKind::Invalid,
                 quoted(text) +
                     " is no schedule; write five fields, minute hour day month weekday, such as "
                     "\"*/10 * * * *\", or @hourly, @daily or @weekly"};
  }
  Cron cron;
  const std::array<std::uint64_t*, 5> values{&cron.minutes_, &cron.hours_, &cron.month_days_,
                                             &cron.months_, &cron.week_days_};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    FRESHET_TRY(*values[i], values_of_list(kFields[i], fields[i]));
  }
  if ((cron.week_days_ & bit(7)) != 0) cron.week_days_ |= bit(0);
  cron.either_day_ = !fields[2].starts_with('*') && !fields[4].starts_with('*');
  if (!cron.either_day_ && !has_a_date(cron.months_, cron.month_days_)) {
    return in_field(kFields[2], fields[2], "never comes in the months of " + quoted(text));
  }
  return cron;
}

bool Cron::comes_on(std::chrono::sys_days day) const {
  const std::chrono::year_month_day date{day};
  if ((months_ & bit(static_cast<unsigned>(date.month()))) == 0) return false;
  const bool by_date = (month_days_ & bit(static_cast<unsigned>(date.day()))) != 0;
  const bool by_weekday = (week_days_ & bit(std::chrono::weekday{day}.c_encoding())) != 0;
  return either_day_ ? by_date || by_weekday : by_date && by_weekday;
}

bool Cron::comes_at(int minute_of_day) const {
  const auto minute = static_cast<unsigned>(minute_of_day);
  return (hours_ & bit(minute / 60)) != 0 && (minutes_ & bit(minute % 60)) != 0;
}

Instant Cron::next_after(Instant instant) const {
  const auto from = std::chrono::floor<minutes>(instant) + minutes{1};
  auto day = std::chrono::floor<days>(from);
  auto minute = static_cast<int>((from - day).count());
  for (int searched = 0; searched <= kMostDays; ++searched, day += days{1}, minute = 0) {
    if (!comes_on(day)) continue;
    for (; minute < kMinutesOfDay; ++minute) {
      if (comes_at(minute)) return Instant{day} + minutes{minute};
    }
  }
  return Instant::max();
}

Instant Cron::previous_at_or_before(Instant instant) const {
  const auto from = std::chrono::floor<minutes>(instant);
  auto day = std::chrono::floor<days>(from);
  auto minute = static_cast<int>((from - day).count());
  for (int searched = 0; searched <= kMostDays;
       ++searched, day -= days{1}, minute = kMinutesOfDay - 1) {
    if (!comes_on(day)) continue;
    for (; minute >= 0; --minute) {
      if (comes_at(minute)) return Instant{day} + minutes{minute};
    }
  }
  return Instant::min();
}

}  // namespace freshet
