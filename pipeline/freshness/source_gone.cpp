#include <utility>

#include "pipeline/freshness/detectors.h"

namespace freshet::pipeline {
namespace {

constexpr std::string_view kRule = "source-gone";

Finding served_without_source(const Inspection& inspection, const std::string& id,
                              const ServedDocument& served) {
  Finding finding;
  finding.rule = kRule;
  finding.source = inspection.view.name();
  finding.document_id = id;
  finding.path = served.path;
  finding.target = served.path;
  finding.owner = served.owner;
  finding.action = "run `freshet sync " + finding.source + "` to take it out of the index";
  finding.fingerprint = fingerprint(kRule, id, served.path, "");
  return finding;
}

std::map<std::string, Tombstone> by_id(std::vector<Tombstone> tombstones) {
  std::map<std::string, Tombstone> sorted;
  for (auto& tombstone : tombstones) sorted[tombstone.id] = std::move(tombstone);
  return sorted;
}

}  // namespace

Result<std::vector<Finding>> find_source_gone(const Ledger& ledger, const Inspection& inspection) {
  std::vector<Finding> findings;
  FRESHET_TRY(auto list, ledger.tombstones(inspection.view.name()));
  const auto tombstones = by_id(std::move(list));
  for (const auto& [id, served] : inspection.served) {
    const auto found = tombstones.find(id);
    if (found == tombstones.end() || inspection.view.document(id) != nullptr) continue;
    auto finding = served_without_source(inspection, id, served);
    finding.since =
        found->second.happened_at ? found->second.happened_at : found->second.noticed_at;
    if (inspection.view.is_gone(served.path)) {
      const auto fate = inspection.view.fate_of(served.path);
      finding.fact = fate.fact;
      finding.commit = fate.commit;
    } else {
      finding.fact = served.path + " left the source on " + date_of(*finding.since) + " (" +
                     found->second.evidence + ")";
    }
    finding.fact += "; the index still serves it";
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace freshet::pipeline
