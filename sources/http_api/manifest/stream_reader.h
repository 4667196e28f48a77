#pragma once

#include "config/problem.h"
#include "config/tree.h"
#include "sources/http_api/manifest/stream_spec.h"

namespace freshet::sources::http_api {

/// Reads one member of `streams`; the node's key is the stream's name.
StreamSpec read_stream(const config::Node& node, config::Problems& problems);

}  // namespace freshet::sources::http_api
