#include "serving/routes.h"

#include <array>

#include "serving/endpoints.h"

namespace freshet::serving {

namespace {

constexpr std::array kRoutes{
    Route{"POST", "/v1/search", search_by_body, "Find passages; the request is a JSON body"},
    Route{"QUERY", "/v1/search", search_by_body,
          "The same, as HTTP's safe method with a body; never required"},
    Route{"GET", "/v1/search", search_by_parameters,
          "The same for simple questions: `q`, `top_k`, `mode`, `group_by`"},
    Route{"GET", "/v1/documents/{id}", show_document,
          "One document with its passages; `id` is percent-encoded"},
    Route{"GET", "/v1/status", show_status, "Index, ledger, sources and recent runs in detail"},
    Route{"GET", "/healthz", show_health, "200 while the process answers"},
    Route{"GET", "/readyz", show_readiness, "200 once a generation can be searched, else 503"},
};

constexpr std::string_view kArgument = "{id}";

/// Whether the pattern takes these segments; the argument goes into the match.
bool fits(std::string_view pattern, const std::vector<std::string>& segments, Match& match) {
  for (const auto& segment : segments) {
    if (pattern.empty()) return false;
    pattern.remove_prefix(1);
    const auto expected = pattern.substr(0, pattern.find('/'));
    if (expected == kArgument && !segment.empty()) {
      match.argument = segment;
    } else if (expected != segment) {
      return false;
    }
    pattern.remove_prefix(expected.size());
  }
  return pattern.empty();
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

Match find_route(std::string_view method, const Target& target) {
  const auto wanted = method == "HEAD" ? "GET" : method;
  Match match;
  for (const auto& route : kRoutes) {
    if (!fits(route.pattern, target.segments, match)) continue;
    match.allowed.emplace_back(route.method);
    if (route.method == "GET") match.allowed.emplace_back("HEAD");
    if (route.method == wanted) match.route = &route;
  }
  return match;
}

std::string route_table() {
  std::string table = "| method | path | what it does |\n| --- | --- | --- |\n";
  for (const auto& route : kRoutes) {
    table += "| " + std::string(route.method) + " | `" + std::string(route.pattern) + "` | " +
             std::string(route.summary) + " |\n";
  }
  return table;
}

}  // namespace freshet::serving
