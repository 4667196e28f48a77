#pragma once

#include <optional>

#include "serving/problem.h"
#include "serving/request.h"

namespace freshet::serving {

/// Refuses requests that a web page on another site could have made a browser send: a Host that
/// names something other than this machine (DNS rebinding) or an Origin other than this machine's
/// (cross-site requests, "null" included). Nothing when the request may go on.
std::optional<Problem> refuse_foreign(const Request& request);

}  // namespace freshet::serving
