#pragma once

#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// Adds one line of inline Textile to a tree. Linear.
void read_textile_inline(std::string_view text, Span line, HtmlTree& tree);

}  // namespace freshet::pipeline
