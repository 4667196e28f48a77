#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/searcher.h"
#include "index/segments/snapshot.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::serving {

/// What the endpoints answer from. All references outlive the server; the endpoints are called from
/// the server's threads.
struct Services {
  const index::Searcher& searcher;
  index::SnapshotSource& snapshots;
  /// Opens a read-only ledger; called once per thread, because a Ledger belongs to one thread.
  std::function<Result<std::unique_ptr<pipeline::Ledger>>()> open_ledger;
  std::string encoder_description;
  const Clock& clock;
  Log& log;
};

/// Serves the HTTP API (serving/routes.cpp lists it) until `stop` is requested, then finishes
/// requests in flight for at most `shutdown_grace`. `on_listening` is told the port actually bound
/// (":0" picks one). Invalid for a bad address; Unavailable when the port is taken.
Result<Done> serve(const config::ServeSettings& settings, const Services& services,
                   std::stop_token stop,
                   const std::function<void(std::uint16_t port)>& on_listening);

}  // namespace freshet::serving
