#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Reads AsciiDoc (as Asciidoctor 2.0 understands it) in one pass over its lines: sections,
/// paragraphs, lists, delimited blocks, tables, includes and inline macros; attributes defined in
/// the document are substituted. Conditionals are not evaluated: the text of every branch is read.
/// A section's slug is its anchor unless the document gives one.
Result<ExtractedDocument> extract_asciidoc(std::string_view text);

}  // namespace freshet::pipeline
