#include "sources/http_api/manifest/shipped.h"

#include <algorithm>
#include <vector>

#include "base/files.h"
#include "base/nearest_name.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;

}  // namespace

Result<std::string> manifest_text(const std::string& id_or_path) {
  const auto shipped = shipped_manifests();
  const auto found =
      std::find_if(shipped.begin(), shipped.end(),
                   [&](const ShippedManifest& manifest) { return manifest.id == id_or_path; });
  if (found != shipped.end()) return std::string(found->text);
  if (id_or_path.find('/') != std::string::npos || id_or_path.ends_with(".yaml")) {
    return read_file(id_or_path, kMostBytes);
  }
  std::vector<std::string_view> ids;
  for (const ShippedManifest& manifest : shipped) ids.push_back(manifest.id);
  const auto nearest = nearest_name(id_or_path, ids);
  return Error{ErrorKind::Invalid,
               "there is no manifest \"" + id_or_path + "\"" +
                   (nearest ? "; did you mean " + std::string(*nearest) + "?"
                            : "; give the id of a shipped one or the path of a .yaml file")};
}

}  // namespace freshet::sources::http_api
