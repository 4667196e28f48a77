#include "pipeline/freshness/inspection.h"

#include <tuple>
#include <utility>

#include "base/hash.h"
#include "pipeline/freshness/link_resolver.h"

namespace freshet::pipeline {
namespace {

Result<Done> read_served(const index::Snapshot& snapshot, Inspection& inspection) {
  inspection.published = true;
  inspection.covered_sequence = snapshot.summary().ledger_sequence;
  return snapshot.for_each_document([&](const index::StoredDocument& stored) -> Result<Done> {
    const auto& fields = stored.fields;
    if (fields.source == inspection.view.name()) {
      inspection.served[fields.id] = {fields.path, fields.content_hash, fields.owner};
    }
    return Done{};
  });
}

void check_links(const std::vector<LinkRecord>& links, Inspection& inspection) {
  const LinkResolver resolver(inspection.view, links);
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> repeats;
  for (const auto& link : links) {
    auto resolution = resolver.resolve(link);
    if (resolution.state == LinkState::External) continue;
    ++inspection.links_checked;
    if (resolution.state == LinkState::Unknown) ++inspection.links_unknown;
    if (resolution.state != LinkState::Gone) continue;
    auto fate = inspection.view.fate_of(resolution.path);
    const auto ordinal = repeats[{link.document_id, link.target, link.kind}]++;
    inspection.dead_links.push_back({link, std::move(resolution.path), std::move(fate), ordinal});
  }
}

}  // namespace

Result<Inspection> inspect(const Ledger& ledger, const index::Snapshot* snapshot,
                           const std::string& source) {
  Inspection inspection;
  FRESHET_TRY(inspection.view, SourceView::load(ledger, source));
  if (snapshot != nullptr) FRESHET_CHECK(read_served(*snapshot, inspection));
  FRESHET_TRY(const auto links, ledger.links(source));
  check_links(links, inspection);
  return inspection;
}

std::string owner_of(const Inspection& inspection, const LiveDocument& document) {
  const auto served = inspection.served.find(document.id);
  const bool named = served != inspection.served.end() && !served->second.owner.empty();
  return named ? served->second.owner : document.owner;
}

std::string fingerprint(std::string_view rule, std::string_view document_id,
                        std::string_view target, std::string_view locus) {
  std::string key;
  for (const auto part : {rule, document_id, target, locus}) {
    key += part;
    key += '\0';
  }
  return to_hex(hash128(key));
}

}  // namespace freshet::pipeline
