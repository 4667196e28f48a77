#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/document_builder.h"

namespace freshet::pipeline {

/// Markdown in which everything that a site generator (not Markdown) would act on has been
/// replaced.
struct PlainMarkdown {
  std::string text;  ///< As many bytes as the original, every line where it was.
  std::map<std::size_t, std::string> heading_ids;  ///< By line: {#custom-id} and {: #custom-id }.
};

/// Blanks shortcodes (Hugo, Jekyll, GitBook), components and module lines (MDX), admonitions and
/// tabs (Docusaurus, MkDocs) and attribute lists, and keeps the text inside them and their titles.
/// Code is left alone. Pages they include become links of the builder. Bytes move only within their
/// line, so line numbers stay true and a block still lies inside the lines it came from.
PlainMarkdown without_site_syntax(std::string_view text, std::size_t front_matter_bytes,
                                  DocumentBuilder& builder);

}  // namespace freshet::pipeline
