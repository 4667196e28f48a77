#include <nlohmann/json.hpp>

#include "base/json.h"
#include "pipeline/freshness/report_text.h"

namespace freshet::pipeline {
namespace {

Json row(const Finding& finding) {
  return {{"rule", finding.rule},
          {"class", word_for(finding.confidence)},
          {"source", finding.source},
          {"document", finding.document_id},
          {"path", finding.path},
          {"line", finding.line},
          {"quote", finding.quote},
          {"fact", finding.fact},
          {"target", finding.target},
          {"commit", finding.commit},
          {"since", finding.since ? Json(to_rfc3339(*finding.since)) : Json(nullptr)},
          {"owner", finding.owner},
          {"action", finding.action},
          {"fingerprint", finding.fingerprint}};
}

}  // namespace

std::string write_json(const StaleReport& report, Instant now) {
  Json findings = Json::array();
  for (const auto& finding : report.findings) findings.push_back(row(finding));
  const Json whole{
      {"schema", 1},
      {"generated_at", to_rfc3339(now)},
      {"findings", std::move(findings)},
      {"notes", report.notes},
      {"checked", {{"documents", report.documents_checked}, {"links", report.links_checked}}}};
  return dump_json_pretty(whole) + "\n";
}

}  // namespace freshet::pipeline
