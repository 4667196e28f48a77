#pragma once

#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// The Atlassian Document Format: what Jira's and Confluence's editors keep as JSON. Node types
/// that are not known give their text. Marks other than links have no meaning here. Files are kept
/// by id, which is no address, so media give their alternative text alone.
Result<ExtractedDocument> extract_atlassian_document(std::string_view text);

}  // namespace freshet::pipeline
