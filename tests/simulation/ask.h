#pragma once

#include <nlohmann/json.hpp>

#include "tests/simulation/server.h"

namespace freshet::simulation {

struct Answer {
  int status = 0;
  std::map<std::string, std::string> headers;
  Json body;
};

inline http::Request get(std::string_view target) {
  return {.method = http::Method::Get,
          .url = "https://vendor.example" + std::string(target),
          .headers = {{"Authorization", "Bearer one"},
                      {"Api-Key", "one"},
                      {"Notion-Version", "2025-09-03"}},
          .body = {}};
}

inline http::Request post(std::string_view target, std::string_view body) {
  http::Request request = get(target);
  request.method = http::Method::Post;
  request.body = body;
  return request;
}

inline Answer ask(Server& server, const http::Request& request) {
  http::Response response = server.handle(request);
  auto body = parse_json(response.body);
  return {response.status, std::move(response.headers), body ? *std::move(body) : Json(nullptr)};
}

inline Answer ask(Server& server, std::string_view target) {
  return ask(server, get(target));
}

/// The "id" of every row.
inline std::vector<Id> ids(const Json& rows) {
  std::vector<Id> found;
  for (const Json& row : rows) {
    const Json& id = row["id"];
    found.push_back(id.is_string() ? whole_number(id.get<std::string>()).value_or(0)
                                   : id.get<Id>());
  }
  return found;
}

/// Long enough for every change to reach the index.
inline void settle(World& world) {
  world.advance(std::chrono::minutes{3});
}

}  // namespace freshet::simulation
