#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Forum markup. A tag that is not known is text; tags that only change how text looks go; end tags
/// without a start go, and a start tag without an end holds until what encloses it ends. An empty
/// line ends a paragraph, any other line end stays.
Result<ExtractedDocument> extract_bbcode(std::string_view text);

}  // namespace freshet::pipeline
