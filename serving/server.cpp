#include "serving/server.h"

#include "serving/backend_server.h"

namespace freshet::serving {

Result<Done> serve(const config::ServeSettings& settings, const Services& services,
                   std::stop_token stop,
                   const std::function<void(std::uint16_t port)>& on_listening) {
  const Backend backend{[&](const index::Query& query) { return services.searcher.search(query); },
                        [&] { return services.snapshots.newest(); },
                        [&] { return services.snapshots.last_problem(); },
                        services.open_ledger,
                        services.encoder_description,
                        services.clock,
                        services.log};
  return serve_backend(settings, backend, std::move(stop), on_listening);
}

}  // namespace freshet::serving
