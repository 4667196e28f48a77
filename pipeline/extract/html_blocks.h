#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/html_tree.h"

namespace freshet::pipeline {

/// What an element means for the reading order.
enum class HtmlRole {
  Inline,
  Block,
  Heading,
  Item,
  Quote,
  Code,
  Table,
  Row,
  Cell,
  Break,
  Image,
  Link,
  Unread
};
HtmlRole html_role(const HtmlNode& node);

/// Not meant to be read: scripts, forms' controls, and everything with `hidden`,
/// aria-hidden="true", display:none or visibility:hidden.
bool is_hidden(const HtmlNode& node);

struct HtmlScope {
  std::size_t root = 0;  ///< Index of the node whose content is read.
  std::function<bool(std::size_t)> skips = [](std::size_t) {
    return false;
  };  ///< Whole subtrees to pass over.
  std::function<Span(Span)> locate = [](Span span) {
    return span;
  };                   ///< From bytes of the HTML to the document's.
  bool slugs = false;  ///< Headings without an id get GitHub's slug.
  /// Headings without an id get what this makes of their text, where it is set.
  std::function<std::string(std::string_view)> fragment_of;
};

/// Adds the blocks and links of one part of a tree to a document. Linear, without recursion.
void read_html_blocks(const HtmlTree& tree, const HtmlScope& scope, DocumentBuilder& builder);

}  // namespace freshet::pipeline
