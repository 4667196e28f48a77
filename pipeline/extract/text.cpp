#include "pipeline/extract/text.h"

#include <algorithm>
#include <array>

namespace freshet::pipeline {
namespace {

constexpr std::array<std::string_view, 4> kWithoutWidth = {"\u200B", "\u2060", "\uFEFF", "\u00AD"};
constexpr std::string_view kNoBreakSpace = "\u00A0";

/// How many bytes of a character without width stand at the start of `text`.
std::size_t invisible_prefix(std::string_view text) {
  for (const std::string_view mark : kWithoutWidth) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

}  // namespace

std::size_t indentation(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return first == std::string_view::npos ? line.size() : first;
}

std::string clean_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  char pending = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_blank(text[at])) {
      if (pending != '\n') pending = text[at] == '\n' ? '\n' : ' ';
      continue;
    }
    const std::string_view rest = text.substr(at);
    if (rest.starts_with(kNoBreakSpace)) {
      if (pending == 0) pending = ' ';
      at += kNoBreakSpace.size() - 1;
      continue;
    }
    if (const std::size_t skipped = invisible_prefix(rest); skipped > 0) {
      at += skipped - 1;
      continue;
    }
    if (pending != 0 && !out.empty()) out += pending;
    pending = 0;
    out += text[at];
  }
  return out;
}

std::string clean_line(std::string_view text) {
  std::string out = clean_text(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string clean_code(std::string_view text) {
  std::string out;
  for (std::string_view line : split_at(text, '\n')) {
    line = trim_right(line);
    if (out.empty() && line.empty()) continue;
    out.append(line).push_back('\n');
  }
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return out;
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t from = 0;;) {
    const std::size_t to = text.find(separator, from);
    pieces.push_back(text.substr(from, to == std::string_view::npos ? to : to - from));
    if (to == std::string_view::npos) return pieces;
    from = to + 1;
  }
}

}  // namespace freshet::pipeline
