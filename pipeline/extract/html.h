#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Reads the main content of an HTML page: <main>, role="main" or the only <article>, else the body
/// without navigation, banners, footers, asides and blocks that are little but links. Hidden
/// elements are not read. Invalid when a large page yields no text at all: then its text is made by
/// scripts we do not run.
Result<ExtractedDocument> extract_html(std::string_view text);

}  // namespace freshet::pipeline
