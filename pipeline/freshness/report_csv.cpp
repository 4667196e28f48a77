#include <algorithm>
#include <array>

#include "pipeline/freshness/report_text.h"

namespace freshet::pipeline {
namespace {

/// What spreadsheets take for the start of a formula, full-width forms included.
constexpr std::array<std::string_view, 8> kFormulaStarts{"=",      "+",      "-",      "@",
                                                         "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};

bool starts_formula(std::string_view text) {
  if (text.starts_with('\t') || text.starts_with('\r')) return true;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return std::any_of(kFormulaStarts.begin(), kFormulaStarts.end(),
                     [&](std::string_view start) { return text.starts_with(start); });
}

/// RFC 4180, and never a formula.
std::string cell(std::string_view raw) {
  std::string text = (starts_formula(raw) ? "'" : "") + one_line(raw);
  if (text.find_first_of("\",;") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

std::string write_csv(const StaleReport& report, Instant /*now*/) {
  std::string text =
      "rule,class,source,document,path,line,quote,fact,target,commit,since,owner,action,"
      "fingerprint\r\n";
  for (const auto& finding : report.findings) {
    const auto since = finding.since ? to_rfc3339(*finding.since) : "";
    const std::string line = finding.line == 0 ? "" : std::to_string(finding.line);
    const std::array<std::string_view, 14> cells{finding.rule,   word_for(finding.confidence),
                                                 finding.source, finding.document_id,
                                                 finding.path,   line,
                                                 finding.quote,  finding.fact,
                                                 finding.target, finding.commit,
                                                 since,          finding.owner,
                                                 finding.action, finding.fingerprint};
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i == 0 ? "" : ",") + cell(cells[i]);
    text += "\r\n";
  }
  return text;
}

}  // namespace freshet::pipeline
