#pragma once

#include <vector>

#include "sources/http_api/manifest/map_reader.h"
#include "sources/http_api/manifest/stream_spec.h"

namespace freshet::sources::http_api {

/// Reads request, pages, records, where, key and `on` out of a map that may hold more.
ListingSpec read_listing(MapReader& reader);

/// Reads `on`: a list of rules.
std::vector<ResponseRule> read_rules(MapReader& reader);

/// Reads a map with one of query, json and header: where a parameter goes.
Parameter read_parameter(MapReader& reader);
std::optional<Parameter> read_parameter(MapReader& reader, std::string_view member);

}  // namespace freshet::sources::http_api
