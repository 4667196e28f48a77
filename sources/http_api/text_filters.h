#pragma once

#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {

// Filters on text and lists. What each does is in the table of template_filters.cpp.
Result<Filtered> lower(const Filtered& input, const Arguments& arguments);
Result<Filtered> upper(const Filtered& input, const Arguments& arguments);
Result<Filtered> trim(const Filtered& input, const Arguments& arguments);
Result<Filtered> replace(const Filtered& input, const Arguments& arguments);
Result<Filtered> split(const Filtered& input, const Arguments& arguments);
Result<Filtered> join(const Filtered& input, const Arguments& arguments);
Result<Filtered> first(const Filtered& input, const Arguments& arguments);
Result<Filtered> last(const Filtered& input, const Arguments& arguments);
Result<Filtered> length(const Filtered& input, const Arguments& arguments);
Result<Filtered> slice(const Filtered& input, const Arguments& arguments);
Result<Filtered> urlenc(const Filtered& input, const Arguments& arguments);
Result<Filtered> b64(const Filtered& input, const Arguments& arguments);
Result<Filtered> sha256(const Filtered& input, const Arguments& arguments);
Result<Filtered> hmac(const Filtered& input, const Arguments& arguments);

}  // namespace freshet::sources::http_api
