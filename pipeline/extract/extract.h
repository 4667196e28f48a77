#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// What a format decision needs: name, declared type, bytes.
struct ExtractInput {
  std::string_view path;        ///< Its ending is a hint.
  std::string_view media_type;  ///< Empty: decide by path and content.
  std::string_view body;
  std::string_view language;  ///< Configured; empty means detect.
};

/// Decodes (BOM, declaration, else detection) and takes apart Markdown (CommonMark + GFM, front
/// matter, MDX, site shortcodes), HTML, reStructuredText, AsciiDoc, plain text and, by declared
/// media type alone, what services keep (formats.cpp lists all). Never crashes and never hangs on
/// any bytes; Invalid with a clear reason when the bytes are not text of any kind we read (binary,
/// a PDF named .md) or when a large page yields no text at all. Time is linear in the input for
/// every format.
Result<ExtractedDocument> extract(const ExtractInput& input);

/// The globs of every format that extract() reads, the default for a source's `include`.
const std::vector<std::string>& readable_globs();

}  // namespace freshet::pipeline
