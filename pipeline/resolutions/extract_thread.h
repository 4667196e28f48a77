#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Takes a thread (sources/thread.h) apart: every turn's own words by its own media type, its first
/// words behind who speaks ("Customer: ..."), named fields and attachments behind the turns. A
/// resolution has the headings Problem and Solution instead. Lines and bytes count through the
/// turns as if they stood below each other. A turn that cannot be read becomes a warning, the
/// others are read. Invalid for what is no thread.
Result<ExtractedDocument> extract_thread(std::string_view body, std::string_view language);

}  // namespace freshet::pipeline
