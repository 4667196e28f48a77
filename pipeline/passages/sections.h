#pragma once

#include <string>
#include <vector>

#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// A heading's longest share of every passage below it; a longer one is also given in full, once,
/// as text.
inline constexpr std::size_t kMaxHeadingBytes = 200;

/// From one heading to the next. Borrows the document's blocks.
struct Section {
  std::vector<std::string>
      path;  ///< Headings from the outermost to the section's own, without the title.
  std::string anchor;
  std::vector<const Block*> blocks;  ///< Never empty.
};

/// The sections that have something to say. A heading without a body of its own is left to the
/// headings below it, whose path names it; where there are none, it is the section's text.
std::vector<Section> sections_of(const ExtractedDocument& document);

/// The title or heading as it is repeated in passages.
std::string shortened_heading(const std::string& heading);

}  // namespace freshet::pipeline
