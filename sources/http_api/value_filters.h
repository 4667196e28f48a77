#pragma once

#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {

// Filters that change what type a value has. What each does is in the table of
// template_filters.cpp.
Result<Filtered> use_default(const Filtered& input, const Arguments& arguments);
Result<Filtered> to_int(const Filtered& input, const Arguments& arguments);
Result<Filtered> to_str(const Filtered& input, const Arguments& arguments);
Result<Filtered> to_bool(const Filtered& input, const Arguments& arguments);
Result<Filtered> to_json(const Filtered& input, const Arguments& arguments);

}  // namespace freshet::sources::http_api
