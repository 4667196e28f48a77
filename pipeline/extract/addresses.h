#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/extract/html_tree.h"
#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// The next bare web address at or after a byte of `text`, without the punctuation that ends a
/// sentence; both ends are those of the text when there is none.
Span find_address(std::string_view text, std::size_t from);

/// Adds text whose bytes begin at `begin` to a tree: references decoded, bare addresses as links.
void add_text_with_addresses(HtmlTree& tree, std::string_view text, std::size_t begin);

}  // namespace freshet::pipeline
