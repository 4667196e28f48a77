#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "serving/request.h"

namespace freshet::serving {

/// What is wrong with one member of a request.
struct FieldError {
  std::string pointer;  ///< JSON Pointer (RFC 6901): "/filters/value".
  std::string message;
};

/// One entry of the closed list of problems; docs/api.md explains each.
enum class ProblemCode {
  InvalidRequest,
  UnknownField,
  Forbidden,
  NotFound,
  MethodNotAllowed,
  PayloadTooLarge,
  UnsupportedMediaType,
  HeadersTooLarge,
  Internal,
  BackendUnavailable,
  TooManyConnections,
};

/// Why a request was not answered (RFC 9457).
struct Problem {
  ProblemCode code = ProblemCode::Internal;
  std::string detail;
  std::vector<FieldError> errors;
};

/// The problem an error of the layers below is, seen by a caller who searches or reads.
Problem to_problem(const Error& error);

int status_of(ProblemCode code);
std::string_view name_of(ProblemCode code);

/// The application/problem+json response. `instance` is the path asked for.
Response problem_response(const Problem& problem, std::string_view instance,
                          std::string_view request_id);

/// Every code as a row of docs/api.md: code, status, meaning, whether trying again can help.
std::string problem_table();

}  // namespace freshet::serving
