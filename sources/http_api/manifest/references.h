#pragma once

#include "config/problem.h"
#include "config/tree.h"
#include "sources/http_api/manifest/manifest.h"

namespace freshet::sources::http_api {

/// Checks what streams say of each other: lookups and partitions that exist, nothing that waits for
/// itself.
void check_references(const Manifest& manifest, const config::Node& root,
                      config::Problems& problems);

}  // namespace freshet::sources::http_api
