#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// One kind of text that extract() reads. To add one: write its function, add one row in
/// formats.cpp.
struct Format {
  std::string_view name;
  std::string_view endings;      ///< Separated by spaces, lower case, with the dot; may be empty.
  std::string_view media_types;  ///< Separated by spaces.
  Result<ExtractedDocument> (*extract)(std::string_view text);
};

std::span<const Format> formats();

/// By media type, then by the path's ending, then by the text itself; plain text when nothing says
/// more.
const Format& format_of(std::string_view path, std::string_view media_type, std::string_view text);

}  // namespace freshet::pipeline
