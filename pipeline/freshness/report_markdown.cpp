#include "pipeline/freshness/report_text.h"
#include "pipeline/freshness/source_view.h"

namespace freshet::pipeline {
namespace {

/// Text that Markdown shows as it is. "@" gets a zero-width space behind it, so that nobody is
/// notified.
std::string plain(std::string_view text) {
  constexpr std::string_view special = "\\`*_{}[]<>#|~!&$";
  std::string out;
  for (const char c : one_line(text)) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
    if (c == '@') out += "\u200B";
  }
  return out;
}

std::string row(const Finding& finding) {
  const std::string since = finding.since ? date_of(*finding.since) : "";
  return "| " + plain(place_of(finding)) + " | " + finding.rule + ", " +
         std::string(name_of(finding.confidence)) + " | " + plain(finding.fact) + " | " + since +
         " | " + plain(finding.owner) + " | " + plain(finding.action) + " |\n";
}

}  // namespace

std::string write_markdown(const StaleReport& report, Instant now) {
  std::string text = "## Stale knowledge, " + date_of(now) + "\n\n" + summary_of(report) + "\n";
  std::string source;
  for (const auto& finding : report.findings) {
    if (finding.source != source) {
      source = finding.source;
      text += "\n### " + plain(source) +
              "\n\n| Page | Rule | Fact | Since | Owner | What to do |\n"
              "| --- | --- | --- | --- | --- | --- |\n";
    }
    text += row(finding);
  }
  for (const auto& note : report.notes) text += "\n> Note: " + plain(note) + "\n";
  return text;
}

}  // namespace freshet::pipeline
