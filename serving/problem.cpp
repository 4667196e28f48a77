#include "serving/problem.h"

#include <array>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::serving {

namespace {

enum class Retry { No, Yes };

struct ProblemKind {
  ProblemCode code;
  int status;
  std::string_view name;
  std::string_view title;
  Retry retry;
};

constexpr std::array kKinds{
    ProblemKind{ProblemCode::InvalidRequest, 400, "invalid_request", "The request is malformed",
                Retry::No},
    ProblemKind{ProblemCode::UnknownField, 400, "unknown_field",
                "The request has a member that does not exist", Retry::No},
    ProblemKind{ProblemCode::Forbidden, 403, "forbidden", "The request is not allowed here",
                Retry::No},
    ProblemKind{ProblemCode::NotFound, 404, "not_found", "There is nothing here that may be shown",
                Retry::No},
    ProblemKind{ProblemCode::MethodNotAllowed, 405, "method_not_allowed",
                "The path exists, the method does not", Retry::No},
    ProblemKind{ProblemCode::PayloadTooLarge, 413, "payload_too_large", "The body is too large",
                Retry::No},
    ProblemKind{ProblemCode::UnsupportedMediaType, 415, "unsupported_media_type",
                "The body must be application/json", Retry::No},
    ProblemKind{ProblemCode::HeadersTooLarge, 431, "headers_too_large", "The header is too large",
                Retry::No},
    ProblemKind{ProblemCode::Internal, 500, "internal", "Something broke on our side", Retry::No},
    ProblemKind{ProblemCode::BackendUnavailable, 503, "backend_unavailable",
                "The index or ledger cannot answer now", Retry::Yes},
    ProblemKind{ProblemCode::TooManyConnections, 503, "too_many_connections",
                "The server has all the connections it takes", Retry::Yes},
};

const ProblemKind& kind_of(ProblemCode code) {
  return kKinds[static_cast<std::size_t>(code)];
}

Json to_json(const std::vector<FieldError>& errors) {
  Json list = Json::array();
  for (const auto& error : errors) {
    list.push_back({{"pointer", error.pointer}, {"message", error.message}});
  }
  return list;
}

}  // namespace

Problem to_problem(const Error& error) {
  switch (error.kind) {
    case ErrorKind::Invalid:
      return {ProblemCode::InvalidRequest, error.message, {}};
    case ErrorKind::NotFound:  // Nothing published yet: the caller did nothing wrong and may come
                               // back.
    case ErrorKind::Unavailable:
    case ErrorKind::Locked:
    case ErrorKind::Interrupted:
    case ErrorKind::Exhausted:
    case ErrorKind::Corrupt:
      return {ProblemCode::BackendUnavailable, error.message, {}};
    case ErrorKind::Denied:
    case ErrorKind::Refused:
    case ErrorKind::Internal:
      break;
  }
  return {ProblemCode::Internal, error.message, {}};
}

int status_of(ProblemCode code) {
  return kind_of(code).status;
}
std::string_view name_of(ProblemCode code) {
  return kind_of(code).name;
}

Response problem_response(const Problem& problem, std::string_view instance,
                          std::string_view request_id) {
  const auto& kind = kind_of(problem.code);
  const Json body = {{"type", "urn:freshet:problem:" + std::string(kind.name)},
                     {"title", kind.title},
                     {"status", kind.status},
                     {"detail", problem.detail},
                     {"instance", instance},
                     {"request_id", request_id},
                     {"code", kind.name},
                     {"retryable", kind.retry == Retry::Yes},
                     {"errors", to_json(problem.errors)}};
  Response response{kind.status, "application/problem+json", dump_json(body), {}};
  if (kind.retry == Retry::Yes) response.headers.emplace_back("Retry-After", "1");
  return response;
}

std::string problem_table() {
  std::string table = "| code | status | meaning | try again |\n| --- | --- | --- | --- |\n";
  for (const auto& kind : kKinds) {
    table += "| `" + std::string(kind.name) + "` | " + std::to_string(kind.status) + " | " +
             std::string(kind.title) + " | " + (kind.retry == Retry::Yes ? "yes" : "no") + " |\n";
  }
  return table;
}

}  // namespace freshet::serving
