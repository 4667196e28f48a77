#include "pipeline/extract/rst_lines.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;
constexpr auto kNone = string_view::npos;
constexpr string_view kAdornments = "=-~^\"'`#*+.:_<>!$%&(),/;?@[]{|}\\";

constexpr std::array<std::pair<string_view, RstContent>, 26> kDirectives = {{
    {"code-block", RstContent::Code},
    {"code", RstContent::Code},
    {"sourcecode", RstContent::Code},
    {"parsed-literal", RstContent::Code},
    {"math", RstContent::Code},
    {"prompt", RstContent::Code},
    {"raw", RstContent::Unread},
    {"meta", RstContent::Unread},
    {"contents", RstContent::Unread},
    {"index", RstContent::Unread},
    {"highlight", RstContent::Unread},
    {"currentmodule", RstContent::Unread},
    {"module", RstContent::Unread},
    {"role", RstContent::Unread},
    {"default-role", RstContent::Unread},
    {"sectnum", RstContent::Unread},
    {"graphviz", RstContent::Unread},
    {"testsetup", RstContent::Unread},
    {"testcleanup", RstContent::Unread},
    {"mermaid", RstContent::Unread},
    {"toctree", RstContent::Entries},
    {"include", RstContent::Include},
    {"literalinclude", RstContent::Include},
    {"image", RstContent::Image},
    {"figure", RstContent::Image},
    {"testcode", RstContent::Code},
}};

}  // namespace

char rst_adornment(string_view line) {
  line = trim_right(line);
  if (line.size() < 2 || kAdornments.find(line.front()) == kNone) return '\0';
  return line.find_first_not_of(line.front()) == kNone ? line.front() : '\0';
}

std::size_t rst_list_marker(string_view line) {
  if (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ") ||
      line.starts_with("• "))
    return line.find(' ') + 1;
  const std::size_t open = line.starts_with('(') ? 1 : 0;
  std::size_t end = open;
  while (end < line.size() && end < open + 4 && (is_digit(line[end]) || line[end] == '#')) ++end;
  const bool letter = end == open && end < line.size() && is_letter(line[end]);
  if (letter) ++end;
  if (end == open || end + 1 >= line.size() || line[end + 1] != ' ') return 0;
  const bool closed = line[end] == ')' || (open == 0 && line[end] == '.');
  return closed ? end + 2 : 0;
}

std::optional<RstDirective> rst_directive(string_view line) {
  line = trim(line);
  if (!line.starts_with(".. ")) return std::nullopt;
  line = trim(line.substr(3));
  if (line.starts_with('|')) {  // A substitution's directive.
    const std::size_t close = line.find('|', 1);
    if (close == kNone) return std::nullopt;
    line = trim(line.substr(close + 1));
  }
  const std::size_t colons = line.find("::");
  if (colons == kNone || colons == 0) return std::nullopt;
  const string_view name = line.substr(0, colons);
  if (std::any_of(name.begin(), name.end(), [](char c) { return is_blank(c) || c == '`'; }))
    return std::nullopt;
  return RstDirective{name, trim(line.substr(colons + 2))};
}

RstContent rst_content(string_view name) {
  for (const auto& [known, content] : kDirectives) {
    if (known == name) return content;
  }
  return RstContent::Text;
}

bool is_rst_simple_rule(string_view line) {
  line = trim(line);
  return line.starts_with("==") && line.find(" =") != kNone &&
         line.find_first_not_of("= ") == kNone;
}

bool is_rst_grid_rule(string_view line) {
  line = trim(line);
  return line.size() > 2 && line.front() == '+' && line.back() == '+' &&
         line.find_first_not_of("+-=") == kNone;
}

std::vector<Span> rst_columns(string_view rule) {
  std::vector<Span> columns;
  for (std::size_t at = rule.find('='); at != kNone; at = rule.find('=', at)) {
    const std::size_t end = std::min(rule.find(' ', at), rule.size());
    columns.push_back({at, end});
    at = end;
  }
  if (!columns.empty()) columns.back().end = kNone;
  return columns;
}

}  // namespace freshet::pipeline
