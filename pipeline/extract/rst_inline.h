#pragma once

#include <map>
#include <string>
#include <string_view>

#include "pipeline/extract/document_builder.h"
#include "pipeline/extract/paragraph_buffer.h"

namespace freshet::pipeline {

/// What a document defines for use in its text.
struct RstNames {
  std::map<std::string, std::string, std::less<>>
      targets;  ///< ".. _name: address", names in lower case.
  std::map<std::string, std::string, std::less<>> substitutions;  ///< ".. |name| replace:: text".
};
RstNames collect_rst_names(const Lines& lines);

/// The paragraph without inline markup; its links are added to the document. Linear.
std::string read_rst_inline(const ParagraphBuffer& paragraph, const RstNames& names,
                            DocumentBuilder& builder);

}  // namespace freshet::pipeline
