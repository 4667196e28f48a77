#include "pipeline/extract/formats.h"

#include <algorithm>
#include <array>

#include "pipeline/extract/asciidoc.h"
#include "pipeline/extract/atlassian_document.h"
#include "pipeline/extract/bbcode.h"
#include "pipeline/extract/confluence.h"
#include "pipeline/extract/html.h"
#include "pipeline/extract/markdown.h"
#include "pipeline/extract/notion.h"
#include "pipeline/extract/plain_text.h"
#include "pipeline/extract/restructured_text.h"
#include "pipeline/extract/text.h"
#include "pipeline/extract/textile.h"
#include "pipeline/extract/wikitext.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

// Those without endings are what services keep: nothing but the declared type tells them apart.
constexpr std::array<Format, 11> kFormats = {{
    {"Markdown", ".md .markdown .mdown .mkd .mdx .mdoc .qmd .rmd", "text/markdown text/x-markdown",
     extract_markdown},
    {"HTML", ".html .htm .xhtml", "text/html application/xhtml+xml", extract_html},
    {"reStructuredText", ".rst .rest", "text/x-rst text/prs.fallenstein.rst",
     extract_restructured_text},
    {"AsciiDoc", ".adoc .asciidoc .asc", "text/asciidoc text/x-asciidoc", extract_asciidoc},
    {"Atlassian Document Format", "", "application/vnd.atlassian.adf+json",
     extract_atlassian_document},
    {"Confluence storage format", "", "application/vnd.atlassian.storage+xml", extract_confluence},
    {"Notion blocks", "", "application/vnd.notion.blocks+json", extract_notion},
    {"BBCode", "", "text/x-bbcode", extract_bbcode},
    {"Textile", "", "text/x-textile", extract_textile},
    {"wikitext", "", "text/x-wiki", extract_wikitext},
    {"plain text", ".txt .text", "text/plain", extract_plain_text},
}};
constexpr const Format& kHtml = kFormats[1];
constexpr const Format& kPlainText = kFormats.back();

bool lists(string_view words, string_view word) {
  const auto all = split_at(words, ' ');
  return !word.empty() && std::find(all.begin(), all.end(), word) != all.end();
}

bool looks_like_html(string_view text) {
  const std::string head = to_lower(trim(text.substr(0, 1024)));
  return head.starts_with("<!doctype html") || head.starts_with("<html") ||
         (head.starts_with("<?xml") && head.find("<html") != std::string::npos);
}

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format& format_of(string_view path, string_view media_type, string_view text) {
  const std::string type = to_lower(trim(media_type.substr(0, media_type.find(';'))));
  const std::string name = to_lower(path.substr(path.rfind('/') + 1));
  const std::size_t dot = name.rfind('.');
  const std::string ending = dot == std::string::npos ? std::string() : name.substr(dot);
  // Servers call anything text/plain, so a path that says more is believed first.
  const bool vague = type.empty() || type == "text/plain" || type == "application/octet-stream";
  for (const Format& format : kFormats) {
    if (!vague && lists(format.media_types, type)) return format;
  }
  for (const Format& format : kFormats) {
    if (lists(format.endings, ending)) return format;
  }
  return looks_like_html(text) ? kHtml : kPlainText;
}

}  // namespace freshet::pipeline
