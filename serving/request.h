#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace freshet::serving {

/// Names are lower-case in a request and as they are sent in a response.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// One HTTP request, read whole. Nothing in it has been trusted or decoded yet.
struct Request {
  std::string method;  ///< As sent: "GET", "QUERY" ...
  std::string target;  ///< As sent: "/v1/search?q=refund".
  int version = 11;    ///< 10 or 11.
  Headers headers;
  std::string body;
};

/// One HTTP response. The request handler adds Date, X-Request-Id and the
/// security headers, the server Content-Length and Connection.
struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  Headers headers;
};

/// The value of the first header with this lower-case name.
std::optional<std::string_view> header(const Request& request, std::string_view name);

/// How often a header with this lower-case name was sent.
std::size_t header_count(const Request& request, std::string_view name);

}  // namespace freshet::serving
