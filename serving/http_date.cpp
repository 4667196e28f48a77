#include "serving/http_date.h"

#include <array>
#include <chrono>
#include <string_view>

namespace freshet::serving {

namespace {

constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

}  // namespace

std::string http_date(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const auto rfc3339 =
      to_rfc3339(instant);  // Year, day and time are written there as they are here.
  const auto weekday = kDays.at(std::chrono::weekday(day).c_encoding());
  const auto month = kMonths.at(static_cast<unsigned>(date.month()) - 1);
  return std::string(weekday) + ", " + rfc3339.substr(8, 2) + " " + std::string(month) + " " +
         rfc3339.substr(0, 4) + " " + rfc3339.substr(11, 8) + " GMT";
}

}  // namespace freshet::serving
