#pragma once

#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {

// Filters on times: a number of seconds or milliseconds since 1970, ISO 8601, or relative
// ("-730d"). add and floor give what they were given: a number in the same unit, or ISO 8601. What
// each does is in the table of template_filters.cpp.
Result<Filtered> iso(const Filtered& input, const Arguments& arguments);
Result<Filtered> epoch(const Filtered& input, const Arguments& arguments);
Result<Filtered> epoch_ms(const Filtered& input, const Arguments& arguments);
Result<Filtered> fmt(const Filtered& input, const Arguments& arguments);
Result<Filtered> parse(const Filtered& input, const Arguments& arguments);
Result<Filtered> add(const Filtered& input, const Arguments& arguments);
Result<Filtered> tz(const Filtered& input, const Arguments& arguments);
Result<Filtered> floor_to(const Filtered& input, const Arguments& arguments);

/// The formats and durations of these filters, when a template is compiled.
Result<Done> check_fmt(const Arguments& arguments);
Result<Done> check_parse(const Arguments& arguments);
Result<Done> check_duration(const Arguments& arguments);

}  // namespace freshet::sources::http_api
