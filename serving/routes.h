#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "serving/endpoint.h"

namespace freshet::serving {

/// One thing the API can be asked. This table is all there is: dispatch, 404, 405 and docs/api.md's
/// route table are made from it.
struct Route {
  std::string_view method;
  std::string_view
      pattern;  ///< Segments are compared as they are; "{id}" takes any one non-empty segment.
  Reply (*answer)(const Call& call);
  std::string_view summary;
};

std::span<const Route> routes();

/// What a target leads to.
struct Match {
  const Route* route = nullptr;      ///< Null: the path or the method is unknown.
  std::string argument;              ///< What "{id}" took.
  std::vector<std::string> allowed;  ///< Methods the path has; empty when the path is unknown.
};

/// HEAD goes where GET goes; the server leaves the body out.
Match find_route(std::string_view method, const Target& target);

/// The rows of docs/api.md's route table.
std::string route_table();

}  // namespace freshet::serving
