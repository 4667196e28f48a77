#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Takes a thread (sources/thread.h) apart: every turn's own words by its own media type, its first
/// words behind who speaks ("Customer: ..."), the names of its attachments behind it; named fields
/// behind the turns; then, by its own format and under the heading "Attachment: NAME", each
/// attached text that was read. A resolution has the headings Problem and Solution instead. Lines
/// and bytes count through all of them as if they stood below each other. What cannot be read
/// becomes a warning, the rest is read. Invalid for what is no thread.
Result<ExtractedDocument> extract_thread(std::string_view body, std::string_view language);

}  // namespace freshet::pipeline
