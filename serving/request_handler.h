#pragma once

#include <cstdint>

#include "serving/backend.h"
#include "serving/endpoint.h"
#include "serving/problem.h"
#include "serving/request.h"
#include "serving/request_ids.h"

namespace freshet::serving {

/// Turns every request into a response and one log line, whatever happens inside. Log lines carry
/// the route, never the query or the document asked for. Thread-safe.
class RequestHandler {
 public:
  /// `backend` outlives the handler. `seed` makes the request ids of two runs differ.
  RequestHandler(const Backend& backend, std::uint64_t seed)
      : backend_(&backend), ledgers_(backend.open_ledger), ids_(seed) {}

  Response respond(const Request& request);

  /// The response to what never became a request: malformed, too large, too many connections.
  Response refuse(const Problem& problem);

 private:
  struct Outcome;
  Outcome answer(const Request& request, std::string_view request_id);
  Reply call_route(const Request& request, std::string_view request_id, Outcome& outcome);

  const Backend* backend_;
  LedgerPool ledgers_;
  RequestIds ids_;
};

}  // namespace freshet::serving
