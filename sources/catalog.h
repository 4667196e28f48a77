#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"

namespace freshet::sources {

/// One kind of connector, as named by `type:` in the configuration.
struct ConnectorKind {
  std::string_view type;
  std::string_view summary;
  Result<std::unique_ptr<Connector>> (*create)(const config::SourceSettings& settings);
};

/// Every connector there is. Adding one is one line in catalog.cpp.
std::span<const ConnectorKind> connector_kinds();

/// The connector that a source's settings ask for. Does no I/O; the first fetch does.
Result<std::unique_ptr<Connector>> create_connector(const config::SourceSettings& settings);

}  // namespace freshet::sources
