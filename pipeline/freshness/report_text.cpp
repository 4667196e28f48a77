#include "pipeline/freshness/report_text.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "pipeline/freshness/source_view.h"

namespace freshet::pipeline {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/// UAX #9's explicit marks and isolates.
bool turns_direction(char32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// How many bytes the first `characters` take.
std::size_t bytes_of(std::string_view text, std::size_t characters) {
  std::size_t bytes = 0;
  for (; characters > 0 && bytes < text.size(); --characters) {
    bytes += decode_utf8(text.substr(bytes)).length;
  }
  return bytes;
}

std::string counted(std::size_t count, std::string_view one) {
  return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const auto point = decode_utf8(text);
    text.remove_prefix(point.length);
    const auto shown = turns_direction(point.value) ? kReplacement : point.value;
    append_utf8(out, is_control(shown) ? U' ' : shown);
  }
  return out;
}

std::string place_of(const Finding& finding) {
  const auto path = one_line(finding.path);
  return finding.line == 0 ? path : path + ":" + std::to_string(finding.line);
}

std::string_view name_of(FindingClass confidence) {
  return confidence == FindingClass::Proof ? "proof" : "strong hint";
}

std::string_view word_for(FindingClass confidence) {
  return confidence == FindingClass::Proof ? "proof" : "strong";
}

std::string since_text(const Finding& finding) {
  return finding.since ? "since " + date_of(*finding.since) : "";
}

std::string summary_of(const StaleReport& report) {
  const auto& findings = report.findings;
  const auto proofs = static_cast<std::size_t>(std::count_if(
      findings.begin(), findings.end(),
      [](const Finding& finding) { return finding.confidence == FindingClass::Proof; }));
  std::string text = counted(findings.size(), "finding");
  if (!findings.empty()) {
    text += " (" + counted(proofs, "proof") + ", " +
            counted(findings.size() - proofs, "strong hint") + ")";
  }
  return text + " in " + counted(report.documents_checked, "document") + " and " +
         counted(report.links_checked, "link") + ".";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t length = 0;
  while (!text.empty()) {
    auto word = text.substr(0, text.find(' '));
    const auto whole = word.size();
    if (length_of(word) > width) word = word.substr(0, bytes_of(word, width));
    if (length > 0 && length + 1 + length_of(word) > width) {
      lines.push_back(std::exchange(line, {}));
      length = 0;
    }
    line += (length > 0 ? " " : "") + std::string(word);
    length = length_of(line);
    text.remove_prefix(word.size() < whole ? word.size() : std::min(text.size(), whole + 1));
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace freshet::pipeline
