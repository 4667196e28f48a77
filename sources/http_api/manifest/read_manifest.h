#pragma once

#include <optional>
#include <string_view>

#include "config/problem.h"
#include "sources/http_api/manifest/manifest.h"

namespace freshet::sources::http_api {

/// Reads a manifest. Every problem is reported, with its line; nothing comes back when there is an
/// error among them.
std::optional<Manifest> read_manifest(std::string_view text, config::Problems& problems);

}  // namespace freshet::sources::http_api
