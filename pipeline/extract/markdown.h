#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Reads CommonMark 0.29 with GitHub's tables, strikethrough, autolinks, task lists and footnotes,
/// after front matter is taken off and what site generators add to Markdown (see site_syntax.h) is
/// blanked out.
///
/// The parser runs at about 4 MB/s and holds some 30 bytes of tree per byte of text, so a text
/// above 4 MB is parsed in pieces that end before a heading or after an empty line outside code:
/// memory then stays bounded, and all that is lost is a link reference defined in another piece.
Result<ExtractedDocument> extract_markdown(std::string_view text);

}  // namespace freshet::pipeline
