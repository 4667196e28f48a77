#pragma once

#include <string_view>

#include "config/problem.h"
#include "sources/http_api/manifest/manifest.h"

namespace freshet::sources::http_api {

/// What reading a manifest does not see: rules that open a record on negative evidence (they hold
/// for a record without any field), a stream that can find no deletions, a rate that is not
/// declared. Problems stand at the stream's line.
void lint(const Manifest& manifest, std::string_view text, config::Problems& problems);

}  // namespace freshet::sources::http_api
