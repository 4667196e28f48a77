#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// cmark-gfm 0.29.0.gfm.6 takes quadratic time (or memory) for a few inputs: thousands of brackets
/// or emphasis marks in one paragraph, hundreds of quote marks on a line, rows of hundreds of
/// cells, wide tables with short rows. Such marks, far beyond what people write, become spaces; the
/// words between them stay. Changes no length.
void calm_markdown(std::string& text);

/// Cuts a text for parsing piece by piece: pieces of at least 4 MB end before a heading or after an
/// empty line outside code, and at the latest (any line end) at 16 MB. They cover the text.
std::vector<Span> markdown_pieces(const Lines& lines);

}  // namespace freshet::pipeline
