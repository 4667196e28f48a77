#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "pipeline/extract/document_builder.h"

struct cmark_node;

namespace freshet::pipeline {

/// What a tree was parsed from.
struct MarkdownPiece {
  const Lines&
      lines;  ///< Of the text that was parsed: what the site generator reads is blank in it.
  const std::map<std::size_t, std::string>& heading_ids;  ///< Explicit ones, by line.
  std::size_t first_line = 1;                             ///< Of the piece within the text.
};

/// Adds the blocks and links of a parsed tree to a document, without recursion.
void read_markdown_tree(cmark_node* root, const MarkdownPiece& piece, DocumentBuilder& builder);

}  // namespace freshet::pipeline
