#include "serving/request_handler.h"

#include <chrono>
#include <exception>

#include "serving/access.h"
#include "serving/routes.h"

namespace freshet::serving {

namespace {

std::string joined(const std::vector<std::string>& methods) {
  std::string text;
  for (const auto& method : methods) text += (text.empty() ? "" : ", ") + method;
  return text;
}

void add_common_headers(Response& response, std::string_view request_id, Instant now) {
  response.headers.emplace_back("Date", to_http_date(now));
  response.headers.emplace_back("X-Request-Id", request_id);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) {
    if (name == "Cache-Control") return;
  }
  response.headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace

struct RequestHandler::Outcome {
  Response response;
  std::string_view route = "none";
  std::string_view problem;
  std::string allow;
};

Response RequestHandler::respond(const Request& request) {
  const auto started = backend_->clock.now();
  const auto request_id = ids_.of(request);
  auto outcome = answer(request, request_id);
  add_common_headers(outcome.response, request_id, started);
  const std::chrono::duration<double, std::milli> took = backend_->clock.now() - started;
  backend_->log.info("http.request", "answered",
                     {{"request_id", request_id},
                      {"method", request.method.substr(0, 16)},
                      {"route", std::string(outcome.route)},
                      {"status", std::int64_t{outcome.response.status}},
                      {"code", std::string(outcome.problem)},
                      {"bytes", static_cast<std::int64_t>(outcome.response.body.size())},
                      {"took_ms", took.count()}});
  return std::move(outcome.response);
}

RequestHandler::Outcome RequestHandler::answer(const Request& request,
                                               std::string_view request_id) {
  Outcome outcome;
  Reply reply;
  try {
    reply = call_route(request, request_id, outcome);
  } catch (const std::exception& exception) {
    backend_->log.error("http.exception", exception.what(),
                        {{"request_id", std::string(request_id)}});
    reply = Problem{ProblemCode::Internal, "look for this request_id in the server's log", {}};
  } catch (...) {
    backend_->log.error("http.exception", "not a standard exception",
                        {{"request_id", std::string(request_id)}});
    reply = Problem{ProblemCode::Internal, "look for this request_id in the server's log", {}};
  }
  if (auto* response = std::get_if<Response>(&reply)) {
    outcome.response = std::move(*response);
    return outcome;
  }
  const auto& problem = std::get<Problem>(reply);
  const std::string_view target = request.target;
  outcome.problem = name_of(problem.code);
  outcome.response = problem_response(problem, target.substr(0, target.find('?')), request_id);
  if (!outcome.allow.empty()) outcome.response.headers.emplace_back("Allow", outcome.allow);
  return outcome;
}

Reply RequestHandler::call_route(const Request& request, std::string_view request_id,
                                 Outcome& outcome) {
  if (auto problem = refuse_foreign(request)) return *std::move(problem);
  const auto target = parse_target(request.target);
  if (!target) return to_problem(target.error());
  const auto match = find_route(request.method, *target);
  if (match.allowed.empty()) {
    return Problem{ProblemCode::NotFound, "no such path; docs/api.md lists all", {}};
  }
  if (match.route == nullptr) {
    outcome.allow = joined(match.allowed);
    return Problem{ProblemCode::MethodNotAllowed, "this path takes " + outcome.allow, {}};
  }
  outcome.route = match.route->pattern;
  return match.route->answer(
      Call{request, *target, match.argument, request_id, *backend_, ledgers_});
}

Response RequestHandler::refuse(const Problem& problem) {
  const auto request_id = ids_.next();
  auto response = problem_response(problem, "", request_id);
  add_common_headers(response, request_id, backend_->clock.now());
  backend_->log.info("http.refused", problem.detail,
                     {{"request_id", request_id},
                      {"status", std::int64_t{response.status}},
                      {"code", std::string(name_of(problem.code))}});
  return response;
}

}  // namespace freshet::serving
