#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "serving/backend.h"
#include "serving/ledger_pool.h"
#include "serving/problem.h"
#include "serving/request.h"
#include "serving/target.h"

namespace freshet::serving {

/// One request on its way to an endpoint.
struct Call {
  const Request& request;
  const Target& target;
  std::string_view argument;  ///< What stands for "{id}" in the route's pattern.
  std::string_view request_id;
  const Backend& backend;
  LedgerPool& ledgers;
};

/// An endpoint answers, or says why not; the request handler turns a problem into its response.
using Reply = std::variant<Response, Problem>;

}  // namespace freshet::serving
