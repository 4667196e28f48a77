#include "sources/catalog.h"

#include <array>
#include <string>

#include "sources/folder/folder_connector.h"
#include "sources/git/git_connector.h"
#include "sources/http_api/http_api_connector.h"

namespace freshet::sources {
namespace {

constexpr std::array kKinds{
    ConnectorKind{"git", "Documents of one branch, tag or commit of a git repository",
                  git::create_git},
    ConnectorKind{"folder", "Files below one directory", folder::create_folder},
    ConnectorKind{"http_api", "Records of a REST API that a manifest describes",
                  http_api::create_http_api},
};

std::string_view type_of(const config::SourceSettings& settings) {
  if (std::holds_alternative<config::GitSettings>(settings.kind)) return "git";
  return std::holds_alternative<config::FolderSettings>(settings.kind) ? "folder" : "http_api";
}

}  // namespace

std::span<const ConnectorKind> connector_kinds() {
  return kKinds;
}

Result<std::unique_ptr<Connector>> create_connector(const config::SourceSettings& settings) {
  const auto type = type_of(settings);
  for (const auto& kind : kKinds) {
    if (kind.type == type) return kind.create(settings);
  }
  return Error{ErrorKind::Internal, "no connector of type " + std::string(type)};
}

}  // namespace freshet::sources
