#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "base/listen_address.h"
#include "base/result.h"
#include "config/settings.h"
#include "serving/problem.h"
#include "serving/request.h"

namespace freshet::serving {

/// What speaks behind the sockets. Both are called from the server's threads, several at once.
struct HttpApplication {
  std::function<Response(const Request&)> respond;
  std::function<Response(const Problem&)> refuse;
};

/// Speaks HTTP/1.0 and 1.1 (keep-alive, pipelining, chunked bodies, Expect: 100-continue) until
/// `stop` is requested; then takes no more connections, closes idle ones and lets requests in
/// flight finish for at most `shutdown_grace`. Returns when every thread has ended.
///
/// A connection may be silent for `idle_timeout` between requests; a request must have arrived
/// whole within `request_timeout` of its first byte, and its response must be taken within another.
/// Who is slower is cut off without an answer. Requests of one connection are answered one after
/// the other, in order.
///
/// Invalid for an address this machine does not have; Unavailable when the port is taken.
Result<Done> run_http_server(const config::ServeSettings& settings, const ListenAddress& address,
                             const HttpApplication& application, std::stop_token stop,
                             const std::function<void(std::uint16_t port)>& on_listening);

}  // namespace freshet::serving
