#pragma once

#include <optional>
#include <string_view>

#include "sources/http_api/manifest/map_reader.h"
#include "sources/http_api/manifest/map_spec.h"

namespace freshet::sources::http_api {

/// Reads one field of a map: `EXPR`, `text with ${...}`, `{const: X}`, `{lookup:, by:, take:}`,
/// `{from:, table:, else:}` or `{when:, then:, else:}`.
OptionalField read_field(MapReader& reader, std::string_view member);
FieldSpec read_required_field(MapReader& reader, std::string_view member);

/// As above, but a word that does not start with "." or "$" stands for itself.
FieldSpec read_word_or_field(MapReader& reader, std::string_view member);

/// Reads `map`.
std::optional<MapSpec> read_map(MapReader& parent);

}  // namespace freshet::sources::http_api
