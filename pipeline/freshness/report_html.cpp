#include <map>
#include <vector>

#include "base/hash.h"
#include "pipeline/freshness/report_text.h"
#include "pipeline/freshness/source_view.h"

namespace freshet::pipeline {
namespace {

constexpr std::string_view kStyle =
    "body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c2430;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d8dde5;"
    "overflow-wrap:anywhere}"
    "th{background:#f2f4f8}code{font-family:ui-monospace,monospace;font-size:.9em}"
    ".q{color:#566;display:block}.strong{color:#8a5a00}.proof{color:#a31515}"
    "@media print{body{margin:0;max-width:none}tr{break-inside:avoid}nav{display:none}}";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

unsigned hex_value(char c) {
  return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

/// Base64 of the hash, as Content-Security-Policy wants it.
std::string style_hash() {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto hex = sha256_hex(kStyle);
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 6) {
    unsigned bits = 0;
    for (std::size_t k = i; k < i + 6; ++k)
      bits = bits << 4U | (k < hex.size() ? hex_value(hex[k]) : 0U);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) out += alphabet[(bits >> shift) & 63U];
  }
  // 32 bytes are ten groups of three and two more.
  out.back() = '=';
  return out;
}

std::string head(Instant now) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
         "'sha256-" +
         style_hash() +
         "'; base-uri 'none'; form-action 'none'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Stale knowledge, " +
         date_of(now) + "</title>\n<style>" + std::string(kStyle) + "</style>\n</head>\n";
}

std::string row(const Finding& finding) {
  const bool proof = finding.confidence == FindingClass::Proof;
  const std::string quote = finding.quote.empty() ? ""
                                                  : "<code class=\"q\" dir=\"auto\">" +
                                                        escaped(finding.quote) + "</code>";
  return "<tr><td>" + escaped(finding.source) + "</td><td dir=\"auto\">" +
         escaped(place_of(finding)) + quote + "</td><td>" + escaped(finding.rule) +
         "<br><span class=\"" + (proof ? "proof" : "strong") + "\">" +
         std::string(name_of(finding.confidence)) + "</span></td><td dir=\"auto\">" +
         escaped(finding.fact) + "</td><td>" + (finding.since ? date_of(*finding.since) : "") +
         "</td><td dir=\"auto\">" + escaped(finding.action) + "</td></tr>\n";
}

using ByOwner = std::map<std::string, std::vector<const Finding*>>;

std::string owner_name(const std::string& owner) {
  return owner.empty() ? "Nobody named" : escaped(owner);
}

std::string contents(const ByOwner& groups) {
  std::string text = "<nav><ul>\n";
  std::size_t number = 0;
  for (const auto& [owner, findings] : groups) {
    text += "<li><a href=\"#owner" + std::to_string(number++) + "\">" + owner_name(owner) +
            "</a>: " + std::to_string(findings.size()) + "</li>\n";
  }
  return text + "</ul></nav>\n";
}

std::string sections(const ByOwner& groups) {
  std::string text;
  std::size_t number = 0;
  for (const auto& [owner, findings] : groups) {
    text += "<section id=\"owner" + std::to_string(number++) + "\">\n<h2>" + owner_name(owner) +
            "</h2>\n<table>\n<thead><tr><th>Source</th><th>Page</th><th>Rule</th><th>Fact</th>"
            "<th>Since</th><th>What to do</th></tr></thead>\n<tbody>\n";
    for (const auto* finding : findings) text += row(*finding);
    text += "</tbody>\n</table>\n</section>\n";
  }
  return text;
}

}  // namespace

std::string write_html(const StaleReport& report, Instant now) {
  ByOwner groups;
  for (const auto& finding : report.findings) groups[finding.owner].push_back(&finding);
  std::string text = head(now) + "<body>\n<h1>Stale knowledge, " + date_of(now) + "</h1>\n<p>" +
                     summary_of(report) + "</p>\n";
  for (const auto& note : report.notes) text += "<p>Note: " + escaped(note) + "</p>\n";
  if (!groups.empty()) text += contents(groups) + sections(groups);
  return text + "</body>\n</html>\n";
}

}  // namespace freshet::pipeline
