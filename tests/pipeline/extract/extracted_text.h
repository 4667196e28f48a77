#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/extract.h"

namespace freshet::pipeline::testing {

/// Extracts `body` as a format: that of a name ("a.md") or of a media type ("text/html").
Result<ExtractedDocument> extract_as(std::string_view format, std::string_view body);

/// The same; a failure yields a document whose only block says so.
ExtractedDocument read_as(std::string_view format, std::string_view body);

/// One line per block, as in "h2#anchor: Text", "p: ...", "li: ...", "quote: ...", "code(go): ...",
/// "th: ...", "tr: ...".
std::vector<std::string> outline(const ExtractedDocument& document);

/// One line per link, as in "3 link guide.md [the guide]".
std::vector<std::string> links_of(const ExtractedDocument& document);

/// The stretch of the text that a block claims to come from.
std::string_view source_of(const Block& block, std::string_view text);

}  // namespace freshet::pipeline::testing
