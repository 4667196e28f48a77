#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/template.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// What a source's `config` says, in the types the manifest asks for.
struct SourceConfig {
  Value values;  ///< `${config...}` and `$config`: never a secret.
  std::map<std::string, std::string, std::less<>> secrets;
};

/// Invalid, naming every option that is missing, unknown or does not fit. `now` is what times such
/// as
/// "-730d" are counted from.
Result<SourceConfig> resolve_config(const std::vector<ConfigOption>& options,
                                    const config::HttpApiSettings& settings, Instant now);

}  // namespace freshet::sources::http_api
