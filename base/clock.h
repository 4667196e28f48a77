#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet {

/// A point in time, UTC, microseconds.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Where time comes from. Passed in, so that tests decide what time it is.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

/// "2026-11-21T09:30:00Z" (RFC 3339, whole seconds, UTC).
std::string to_rfc3339(Instant instant);

/// "Sat, 21 Nov 2026 09:30:00 GMT" (RFC 9110, 5.6.7), whatever the locale.
std::string to_http_date(Instant instant);

/// Reads RFC 3339 with "Z" or an offset, with or without a fraction; a bare date is its midnight
/// UTC.
Result<Instant> parse_rfc3339(std::string_view text);

}  // namespace freshet
