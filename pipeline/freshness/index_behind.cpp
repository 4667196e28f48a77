#include <utility>

#include "pipeline/freshness/detectors.h"

namespace freshet::pipeline {
namespace {

constexpr std::string_view kRule = "index-behind";

Finding behind(const Inspection& inspection, const LiveDocument& document, std::string fact) {
  Finding finding;
  finding.rule = kRule;
  finding.source = inspection.view.name();
  finding.document_id = document.id;
  finding.path = document.path;
  finding.fact = std::move(fact);
  finding.target = document.path;
  finding.since = document.changed_at;
  finding.owner = owner_of(inspection, document);
  finding.action = "run `freshet sync " + finding.source + "` to publish what was read";
  finding.fingerprint = fingerprint(kRule, document.id, document.path, "");
  return finding;
}

}  // namespace

Result<std::vector<Finding>> find_index_behind(const Ledger& /*ledger*/,
                                               const Inspection& inspection) {
  std::vector<Finding> findings;
  if (!inspection.published) return findings;
  for (const auto& document : inspection.view.documents()) {
    const auto day = date_of(document.changed_at);
    const auto served = inspection.served.find(document.id);
    if (served != inspection.served.end()) {
      if (served->second.content_hash == document.content_hash) continue;
      findings.push_back(behind(inspection, document,
                                "the text read on " + day + " is not the one that is served"));
    } else if (document.sequence > inspection.covered_sequence) {
      // A document that a generation covers and still lacks has no text to serve; that is not lag.
      findings.push_back(
          behind(inspection, document, "it was read on " + day + " and is not yet served"));
    }
  }
  return findings;
}

}  // namespace freshet::pipeline
