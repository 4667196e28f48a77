#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/paragraph_buffer.h"

namespace freshet::pipeline {

using AsciidocAttributes = std::map<std::string, std::string, std::less<>>;

/// Replaces "{name}" where the document defines the name. One level deep, so that definitions
/// cannot explode.
std::string with_attributes(std::string_view text, const AsciidocAttributes& attributes);

/// The paragraph without inline markup; its links and images are added to the document. Linear.
std::string read_asciidoc_inline(const ParagraphBuffer& paragraph,
                                 const AsciidocAttributes& attributes, DocumentBuilder& builder);

}  // namespace freshet::pipeline
