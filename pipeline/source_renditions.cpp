#include "pipeline/source_renditions.h"

#include <optional>
#include <utility>
#include <variant>

#include "pipeline/resolutions/renditions.h"

namespace freshet::pipeline {

StoredDocuments stored_documents(std::string source, const Ledger& ledger) {
  return [source = std::move(source),
          &ledger](std::string_view external_id) -> Result<std::optional<sources::Document>> {
    FRESHET_TRY(auto record, ledger.document(source + ":" + std::string(external_id)));
    const bool there = record && !record->deleted && record->document.external_id == external_id;
    if (!there) return std::optional<sources::Document>();
    return std::optional(std::move(record->document));
  };
}

Result<std::unique_ptr<sources::Connector>> with_renditions(
    std::unique_ptr<sources::Connector> connector, const config::SourceSettings& source,
    const Ledger& ledger, const Clock& clock) {
  const bool files = std::holds_alternative<config::GitSettings>(source.kind) ||
                     std::holds_alternative<config::FolderSettings>(source.kind);
  if (files) return connector;
  RenditionPolicy policy{.source_principals = source.principals,
                         .publish_to = source.resolutions.publish_to,
                         .settle = source.resolutions.settle};
  FRESHET_TRY(const auto takedowns, ledger.takedowns());
  const std::string prefix = source.name + ":";
  for (const Takedown& takedown : takedowns) {
    if (takedown.id.starts_with(prefix))
      policy.taken_down.insert(takedown.id.substr(prefix.size()));
  }
  std::unique_ptr<sources::Connector> renditions = std::make_unique<RenditionConnector>(
      std::move(connector), std::move(policy), stored_documents(source.name, ledger), clock);
  return renditions;
}

Result<std::vector<std::string>> siblings_of(const Ledger& ledger, std::string_view id) {
  std::vector<std::string> siblings;
  for (const std::string_view suffix : {kInternalSuffix, kResolutionSuffix}) {
    const std::string sibling = std::string(id) + std::string(suffix);
    FRESHET_TRY(const auto record, ledger.document(sibling));
    const bool live = record && !record->deleted && record->id == sibling;
    if (live && is_sibling({sibling, record->document.version})) siblings.push_back(sibling);
  }
  return siblings;
}

}  // namespace freshet::pipeline
