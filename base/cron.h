#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace freshet {

/// A schedule in cron's five fields: minute (0-59), hour (0-23), day of month (1-31), month (1-12
/// or jan-dec), day of week (0-7 or sun-sat; 0 and 7 are Sunday). A field is a list (1,15) of
/// numbers, ranges (9-17) and steps (*/10, 9-17/2). Also @hourly, @daily and @weekly. Always UTC.
///
/// As in Vixie cron, where both days are restricted either of them is enough: "0 0 13 * fri" is
/// every 13th and every Friday. A day field that starts with * restricts together with the other.
///
/// A value; every one that could be parsed comes again and again, at the latest after forty years.
class Cron {
 public:
  /// Invalid, naming the field, for anything else and for dates that never come (30 February).
  static Result<Cron> parse(std::string_view text);

  /// The first time after `instant`, on the minute.
  [[nodiscard]] Instant next_after(Instant instant) const;
  /// The last time that is not after `instant`.
  [[nodiscard]] Instant previous_at_or_before(Instant instant) const;

 private:
  [[nodiscard]] bool comes_on(std::chrono::sys_days day) const;
  [[nodiscard]] bool comes_at(int minute_of_day) const;

  // One bit per value.
  std::uint64_t minutes_ = 0;
  std::uint64_t hours_ = 0;
  std::uint64_t month_days_ = 0;
  std::uint64_t months_ = 0;
  std::uint64_t week_days_ = 0;
  bool either_day_ = false;  ///< Both days are restricted: one is enough.
};

}  // namespace freshet
