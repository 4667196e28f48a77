#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Confluence's storage format: XHTML with elements of its own. Macros give the bodies that they
/// enclose (plain ones are code), those that only list other pages give nothing. What is linked by
/// name has no address in the text, so its target is "page:SPACE/Title", "page:Title" on the same
/// space, or "attachment:name". Headings have the fragments of Confluence Cloud.
Result<ExtractedDocument> extract_confluence(std::string_view text);

}  // namespace freshet::pipeline
