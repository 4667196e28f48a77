#include "pipeline/freshness/dead_link.h"

#include <utility>

#include "base/utf8.h"
#include "pipeline/freshness/paths.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kLongestQuote = 200;

}  // namespace

Finding dead_link_finding(std::string_view rule, const Inspection& inspection,
                          const DeadLink& dead_link, std::string action) {
  const auto& link = dead_link.link;
  Finding finding;
  finding.rule = rule;
  finding.confidence = is_history(link.path) ? FindingClass::Strong : FindingClass::Proof;
  finding.source = inspection.view.name();
  finding.document_id = link.document_id;
  finding.path = link.path;
  finding.line = link.line;
  finding.quote = truncate_utf8(link.quote, kLongestQuote);
  finding.fact = dead_link.fate.fact;
  finding.target = dead_link.target;
  finding.commit = dead_link.fate.commit;
  finding.since = dead_link.fate.since;
  const auto* document = inspection.view.document(link.document_id);
  if (document != nullptr) finding.owner = owner_of(inspection, *document);
  finding.action = std::move(action);
  finding.fingerprint =
      fingerprint(rule, link.document_id, dead_link.target,
                  link.kind + '\0' + link.target + '\0' + std::to_string(dead_link.ordinal));
  return finding;
}

}  // namespace freshet::pipeline
