#pragma once

#include <string>

#include "base/clock.h"

namespace freshet::serving {

/// "Sat, 21 Nov 2026 09:30:00 GMT" (RFC 9110, 5.6.7), whatever the locale.
std::string http_date(Instant instant);

}  // namespace freshet::serving
