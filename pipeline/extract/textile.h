#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Textile as Redmine writes it: headings, lists, quotes, code, tables, links, images and links to
/// wiki pages by name. Marks around words that only change how they look go; whatever else is not
/// known is text. Headings have Redmine's fragments.
Result<ExtractedDocument> extract_textile(std::string_view text);

}  // namespace freshet::pipeline
