#include "sources/readable_file.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text/ascii.h"

namespace freshet::sources {
namespace {

using std::string_view;

constexpr std::array<string_view, 3> kPageEndings{".html", ".htm", ".xhtml"};
constexpr std::array<string_view, 2> kPageTypes{"text/html", "application/xhtml+xml"};

// Those that pipeline/extract/formats.cpp knows (a test compares), then what is read as plain text.
constexpr std::array<string_view, 30> kEndings{
    ".md",   ".markdown", ".mdown", ".mkd",  ".mdx",  ".mdoc", ".qmd", ".rmd",  ".rst",   ".rest",
    ".adoc", ".asciidoc", ".asc",   ".txt",  ".text", ".log",  ".out", ".err",  ".trace", ".csv",
    ".tsv",  ".json",     ".xml",   ".yaml", ".yml",  ".toml", ".ini", ".conf", ".cfg",   ".diff"};
constexpr std::array<string_view, 17> kTypes{"text/plain",
                                             "text/markdown",
                                             "text/x-markdown",
                                             "text/x-rst",
                                             "text/prs.fallenstein.rst",
                                             "text/asciidoc",
                                             "text/x-asciidoc",
                                             "text/csv",
                                             "text/tab-separated-values",
                                             "text/x-log",
                                             "text/xml",
                                             "text/yaml",
                                             "text/x-yaml",
                                             "application/json",
                                             "application/xml",
                                             "application/yaml",
                                             "application/x-yaml"};
/// What is of these kinds is no text, whatever it is called.
constexpr std::array<string_view, 5> kMedia{"image/", "audio/", "video/", "font/", "multipart/"};

template <std::size_t Count>
bool has(const std::array<string_view, Count>& words, string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string type_of(string_view media_type) {
  return to_lower(trim(media_type.substr(0, media_type.find(';'))));
}

std::string ending_of(string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == string_view::npos ? std::string() : to_lower(trim_right(name.substr(dot)));
}

}  // namespace

bool is_web_page(string_view name, string_view media_type) {
  return has(kPageEndings, ending_of(name)) || has(kPageTypes, type_of(media_type));
}

bool is_readable_file(string_view name, string_view media_type) {
  const std::string type = type_of(media_type);
  const bool media = std::any_of(kMedia.begin(), kMedia.end(),
                                 [&](string_view kind) { return type.starts_with(kind); });
  if (media) return false;
  return has(kEndings, ending_of(name)) || has(kTypes, type) || is_web_page(name, media_type);
}

}  // namespace freshet::sources
