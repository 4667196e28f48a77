#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Paragraphs separated by empty lines; a paragraph whose lines all begin with ">" is a quote and
/// keeps its marks. Lines keep their ends: in logs and letters they mean something. Bare web
/// addresses become links.
Result<ExtractedDocument> extract_plain_text(std::string_view text);

}  // namespace freshet::pipeline
