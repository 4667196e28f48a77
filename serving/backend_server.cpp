#include "serving/backend_server.h"

#include "base/listen_address.h"
#include "serving/http_server.h"
#include "serving/request_handler.h"

namespace freshet::serving {

Result<Done> serve_backend(const config::ServeSettings& settings, const Backend& backend,
                           std::stop_token stop,
                           const std::function<void(std::uint16_t port)>& on_listening) {
  FRESHET_TRY(const auto address, parse_listen_address(settings.listen));
  const auto seed = static_cast<std::uint64_t>(backend.clock.now().time_since_epoch().count());
  RequestHandler handler(backend, seed);
  const HttpApplication application{
      [&](const Request& request) { return handler.respond(request); },
      [&](const Problem& problem) { return handler.refuse(problem); }};
  return run_http_server(settings, address, application, std::move(stop), on_listening);
}

}  // namespace freshet::serving
