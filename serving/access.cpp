#include "serving/access.h"

#include "base/listen_address.h"

namespace freshet::serving {

namespace {

std::optional<Problem> refuse_host(const Request& request) {
  const auto count = header_count(request, "host");
  if (count > 1)
    return Problem{ProblemCode::InvalidRequest, "there is more than one Host header", {}};
  if (count == 0) {
    if (request.version == 10) return std::nullopt;
    return Problem{ProblemCode::InvalidRequest, "HTTP/1.1 needs a Host header", {}};
  }
  if (is_loopback_authority(*header(request, "host"))) return std::nullopt;
  return Problem{ProblemCode::Forbidden,
                 "the Host header must name this machine (localhost, 127.0.0.1 or [::1]); behind a "
                 "reverse proxy, let it send the address it forwards to",
                 {}};
}

bool is_loopback_origin(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const auto scheme = origin.substr(0, scheme_end);
  return (scheme == "http" || scheme == "https") &&
         is_loopback_authority(origin.substr(scheme_end + 3));
}

}  // namespace

std::optional<Problem> refuse_foreign(const Request& request) {
  if (auto problem = refuse_host(request)) return problem;
  for (const auto& [name, value] : request.headers) {
    if (name == "origin" && !is_loopback_origin(value)) {
      return Problem{ProblemCode::Forbidden, "requests from other sites' pages are refused", {}};
    }
  }
  return std::nullopt;
}

}  // namespace freshet::serving
