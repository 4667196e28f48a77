#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "serving/endpoints.h"
#include "serving/wire/members.h"
#include "serving/wire/search_request.h"
#include "serving/wire/search_response.h"

namespace freshet::serving {

namespace {

constexpr std::array<std::string_view, 4> kParameters{"q", "top_k", "mode", "group_by"};

double milliseconds_between(Instant from, Instant to) {
  return std::chrono::duration<double, std::milli>(to - from).count();
}

Reply search(const Call& call, const Json& body) {
  auto read = read_search_request(body);
  if (auto* problem = std::get_if<Problem>(&read)) return std::move(*problem);
  const auto& query = std::get<index::Query>(read);
  const auto started = call.backend.clock.now();
  const auto answer = call.backend.search(query);
  if (!answer) return to_problem(answer.error());
  for (const std::string& failure : answer->failures) {
    call.backend.log.warning("search.degraded", failure,
                             {{"request_id", std::string(call.request_id)}});
  }
  const auto now = call.backend.clock.now();
  const SearchResponseContext context{std::string(call.request_id), query, now,
                                      milliseconds_between(started, now)};
  return Response{200, "application/json", dump_json(search_response(*answer, context)), {}};
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

/// JSON under its name, under none, or under the one that `curl -d` gives to everything. A search
/// changes nothing, so a page that makes a browser post a form gains nothing by it; its Origin is
/// refused besides.
bool may_be_json(const Request& request) {
  auto type = header(request, "content-type").value_or("application/json");
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ')) type.remove_suffix(1);
  const auto name = lower(type);
  return name == "application/json" || name == "application/x-www-form-urlencoded";
}

/// A number where the text is one, so that the reader of bodies judges both alike.
Json number_or_text(const std::string& text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && !text.empty() ? Json(number) : Json(text);
}

Problem unknown_parameter(const std::string& name) {
  const std::string message = no_such("parameter", name, kParameters);
  return {ProblemCode::UnknownField, name + ": " + message, {{pointer_to(name), message}}};
}

}  // namespace

Reply search_by_body(const Call& call) {
  if (!may_be_json(call.request)) {
    return Problem{
        ProblemCode::UnsupportedMediaType, "send the body as Content-Type: application/json", {}};
  }
  const auto body = parse_json(call.request.body);
  if (!body) return to_problem(while_doing("read the body", body.error()));
  return search(call, *body);
}

Reply search_by_parameters(const Call& call) {
  Json body = Json::object();
  for (const auto& [name, value] : call.target.parameters) {
    if (std::find(kParameters.begin(), kParameters.end(), name) == kParameters.end()) {
      return unknown_parameter(name);
    }
    body[name == "q" ? "query" : name] = name == "top_k" ? number_or_text(value) : Json(value);
  }
  return search(call, body);
}

}  // namespace freshet::serving
