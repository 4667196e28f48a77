#include "pipeline/freshness/report_text.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::string_view kIndentation = "            ";

std::string row(std::string_view label, std::string_view text) {
  if (text.empty()) return "";
  std::string out;
  std::string start =
      "    " + std::string(label) + std::string(kIndentation.size() - 4 - label.size(), ' ');
  for (const auto& line : wrapped(one_line(text), kWidth - kIndentation.size())) {
    out += start + line + "\n";
    start = kIndentation;
  }
  return out;
}

std::string block(const Finding& finding) {
  std::string text = place_of(finding) + "\n";
  std::string heading = finding.rule + " (" + std::string(name_of(finding.confidence)) + ")";
  const auto since = since_text(finding);
  if (!since.empty()) heading += ", " + since;
  return text + row("rule", heading) + row("fact", finding.fact) + row("line", finding.quote) +
         row("owner", finding.owner) + row("do", finding.action) + "\n";
}

}  // namespace

std::string write_table(const StaleReport& report, Instant /*now*/) {
  std::string text;
  std::string source;
  for (const auto& finding : report.findings) {
    if (finding.source != source) {
      source = finding.source;
      text += "== " + one_line(source) + "\n\n";
    }
    text += block(finding);
  }
  for (const auto& note : report.notes) {
    std::string start = "note: ";
    for (const auto& line : wrapped(one_line(note), kWidth - start.size())) {
      text += start + line + "\n";
      start = "      ";
    }
  }
  return text + summary_of(report) + "\n";
}

}  // namespace freshet::pipeline
