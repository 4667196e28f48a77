#pragma once

#include "sources/http_api/manifest/manifest.h"
#include "sources/http_api/manifest/map_reader.h"

namespace freshet::sources::http_api {

/// Reads `auth`.
AuthSpec read_auth(MapReader& manifest);

}  // namespace freshet::sources::http_api
