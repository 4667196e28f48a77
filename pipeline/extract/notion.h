#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Notion's block objects: an array of them (or a list answer's `results`), each with its
/// `children` under the block or under its type. Headings have the fragment that Notion gives them,
/// the block's id without hyphens; pages and databases inside a page are links to their address.
/// Files that Notion hosts have addresses that expire within the hour, so they give their caption
/// alone. Block types that are not known give their rich text and children.
Result<ExtractedDocument> extract_notion(std::string_view text);

}  // namespace freshet::pipeline
