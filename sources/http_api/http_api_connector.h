#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/http/waiter.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/transport/authenticator.h"

namespace freshet::sources::http_api {

/// What the outside gives a connector: tests give their own.
struct Services {
  const Clock& clock;
  http::Waiter& waiter;
  Send send;
};

/// A source that a manifest describes. Reads the manifest, but no network. Invalid when the
/// manifest has errors (all of them in the message) or the source's `config` does not fit it.
Result<std::unique_ptr<Connector>> create_http_api(const config::SourceSettings& settings);

/// As create_http_api(), but asks for pages of at most so many records where the manifest says how:
/// a first look should not read, with all that hangs under them, the hundreds that a page may hold.
Result<std::unique_ptr<Connector>> create_preview(const config::SourceSettings& settings,
                                                  std::size_t records);

/// A manifest, compiled. Invalid with all its problems, a line each. Shared by the connectors that
/// are made of it.
Result<std::shared_ptr<const Manifest>> parse_manifest(std::string_view text,
                                                       const std::string& name);

/// A connector of a compiled manifest and with other services. One thread uses a manifest and all
/// its connectors.
Result<std::unique_ptr<Connector>> create_from_manifest(const config::SourceSettings& settings,
                                                        std::shared_ptr<const Manifest> manifest,
                                                        const Services& services);

}  // namespace freshet::sources::http_api
