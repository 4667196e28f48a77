#include "pipeline/freshness/paths.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.h"

namespace freshet::pipeline {
namespace {

constexpr std::array<std::string_view, 9> kPageEndings{
    ".md", ".mdx", ".markdown", ".rst", ".adoc", ".asciidoc", ".html", ".htm", ".txt"};
constexpr std::array<std::string_view, 3> kIndexNames{"index", "readme", "_index"};
constexpr std::array<std::string_view, 11> kHistoryNames{
    "changelog", "changes", "history", "release-notes", "release_notes", "releases",
    "news",      "blog",    "_posts",  "archive",       "archived"};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string_view name_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view ending_of(std::string_view path) {
  const auto name = name_of(path);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view{} : name.substr(dot);
}

template <typename Names>
bool contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty()) parts.push_back(part);
    path.remove_prefix(std::min(path.size(), part.size() + 1));
  }
  return parts;
}

std::string together(const std::vector<std::string_view>& parts) {
  std::string path;
  for (const auto part : parts) path += (path.empty() ? "" : "/") + std::string(part);
  return path;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (!is_valid_utf8(out) || std::any_of(out.begin(), out.end(), control)) return std::nullopt;
  return out;
}

std::optional<std::string> normal_path(std::string_view path) {
  std::vector<std::string_view> kept;
  for (const auto part : parts_of(path)) {
    if (part == ".") continue;
    if (part != "..") {
      kept.push_back(part);
    } else if (kept.empty()) {
      return std::nullopt;
    } else {
      kept.pop_back();
    }
  }
  return together(kept);
}

std::string_view directory_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string joined(std::string_view directory, std::string_view path) {
  return directory.empty() ? std::string(path) : std::string(directory) + "/" + std::string(path);
}

std::string relative_path(std::string_view directory, std::string_view path) {
  const auto from = parts_of(directory);
  const auto to = parts_of(path);
  std::size_t common = 0;
  while (common < from.size() && common + 1 < to.size() && from[common] == to[common]) ++common;
  std::string result;
  for (std::size_t i = common; i < from.size(); ++i) result += "../";
  return result + together({to.begin() + static_cast<std::ptrdiff_t>(common), to.end()});
}

bool has_page_ending(std::string_view path) {
  return contains(kPageEndings, lower(ending_of(path)));
}

bool has_web_ending(std::string_view path) {
  const auto ending = lower(ending_of(path));
  return ending == ".html" || ending == ".htm";
}

std::string_view without_page_ending(std::string_view path) {
  return has_page_ending(path) ? path.substr(0, path.size() - ending_of(path).size()) : path;
}

bool is_bare(std::string_view path) {
  return ending_of(path).empty();
}

bool is_index_page(std::string_view path) {
  return has_page_ending(path) && contains(kIndexNames, lower(name_of(without_page_ending(path))));
}

bool is_history(std::string_view path) {
  const auto parts = parts_of(path);
  return std::any_of(parts.begin(), parts.end(), [](std::string_view part) {
    return contains(kHistoryNames, lower(without_page_ending(part)));
  });
}

}  // namespace freshet::pipeline
