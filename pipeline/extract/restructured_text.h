#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Reads reStructuredText (docutils 0.20, and Sphinx's directives and roles) in one pass over its
/// lines. What a directive holds is read as text unless it is code, a table or of no interest to
/// readers; the order of section adornments gives the levels; the section title's slug is the
/// anchor unless a target stands before it.
Result<ExtractedDocument> extract_restructured_text(std::string_view text);

}  // namespace freshet::pipeline
