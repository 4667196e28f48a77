#pragma once

#include "sources/http_api/template_filters.h"

namespace freshet::sources::http_api {

// Filters that make a value a string literal of a query language, so that no value can end the
// literal and go on as query. What each does is in the table of template_filters.cpp.
Result<Filtered> jql_quote(const Filtered& input, const Arguments& arguments);
Result<Filtered> soql_quote(const Filtered& input, const Arguments& arguments);
Result<Filtered> cql_quote(const Filtered& input, const Arguments& arguments);

}  // namespace freshet::sources::http_api
