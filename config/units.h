#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::config {

/// Numbers as people write them. Every failure is Invalid and shows how to write it.

/// A whole number below 2^53.
Result<double> parse_count(std::string_view text);
/// Bytes: "1048576", "20 MB" (decimal: kB, MB, GB), "16 KiB" (binary: KiB, MiB, GiB).
Result<double> parse_bytes(std::string_view text);
/// Milliseconds: "500ms", "30s", "5m", "1h". A bare number is refused: nobody remembers its unit.
Result<double> parse_duration(std::string_view text);
/// A share: "30%" or "0.3".
Result<double> parse_fraction(std::string_view text);

/// The shortest of the forms above that reads back as the same number.
std::string format_bytes(double bytes);
std::string format_duration(double milliseconds);
std::string format_fraction(double fraction);

}  // namespace freshet::config
