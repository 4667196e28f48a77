#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace freshet::http {

/// Reads a date as headers hold it (RFC 9110, 5.6.7), the obsolete forms included.
std::optional<Instant> parse_http_date(const std::string& text);

}  // namespace freshet::http
