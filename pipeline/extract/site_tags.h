#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pipeline/extract/document_builder.h"

namespace freshet::pipeline {

/// One shortcode, Liquid tag or component: what stands between its delimiters.
struct SiteTag {
  std::string_view name;
  std::string_view arguments;
  bool closing = false;
};

/// Takes the delimiters' content apart: "/tab", "tab title=\"x\"".
SiteTag parse_site_tag(std::string_view content);

/// `key="value"`, `key='value'` or `key=value`; empty when absent.
std::string_view tag_attribute(std::string_view arguments, std::string_view key);

/// What a reader would still see of the tag: a tab's or card's title, a code fence for Jekyll's
/// highlight. Never longer than the tag.
std::string visible_text(const SiteTag& tag);

/// Adds the link that an include, embed, content reference or figure stands for.
void add_tag_link(const SiteTag& tag, std::size_t line, DocumentBuilder& builder);

/// The place that a template expression used as a link's destination names: `ref "x.md"`, `link
/// _docs/x.md`.
std::string_view tag_destination(std::string_view content);

/// Where a JSX component's tag that begins at `text[at]` ends (one past '>'), or 0 when it is none:
/// components have a name in PascalCase, which placeholders such as <POD_NAME> do not.
std::size_t end_of_component(std::string_view text, std::size_t at);

}  // namespace freshet::pipeline
