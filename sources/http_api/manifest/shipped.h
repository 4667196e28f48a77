#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::sources::http_api {

/// A manifest that is part of the program: config/connectors/<id>.yaml.
struct ShippedManifest {
  std::string_view id;
  std::string_view text;
};

/// In ascending id.
std::span<const ShippedManifest> shipped_manifests();

/// The JSON Schema of manifests, for editors: config/connectors/manifest.schema.json.
std::string_view manifest_schema();

/// The text of a shipped manifest by its id, or of a file by its path. Invalid, naming the nearest
/// id or saying why the file cannot be read, when there is none.
Result<std::string> manifest_text(const std::string& id_or_path);

}  // namespace freshet::sources::http_api
