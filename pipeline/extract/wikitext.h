#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// MediaWiki's wikitext. Of templates only the text of positional parameters stays, because what
/// they would show is not in the text. Links to pages have the page's name as target; categories
/// become the metadata "categories", a redirection "redirect". Links to the same page in other
/// languages go. Headings have MediaWiki's fragments.
Result<ExtractedDocument> extract_wikitext(std::string_view text);

}  // namespace freshet::pipeline
