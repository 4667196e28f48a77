#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// A stretch of wikitext whose inside is not wikitext, as in <pre> and <nowiki>.
struct WikiLiteral {
  Span outer;
  Span inner;
  std::string tag;
  std::string language;
};

/// Wikitext without comments and templates: they are overwritten with spaces, so every byte keeps
/// its place. A template leaves the text of its positional parameters; named ones, parser functions
/// and variables go.
struct WikiSource {
  std::string text;
  std::vector<WikiLiteral> literals;                       ///< In order, none inside another.
  std::unordered_map<std::size_t, std::size_t> link_ends;  ///< From "[[" to its "]]".

  /// The first literal that ends after a byte, or nullptr. Logarithmic.
  [[nodiscard]] const WikiLiteral* literal_after(std::size_t byte) const;
  /// Where to go on from a byte when what links and literals hold is not looked at.
  [[nodiscard]] std::size_t step_over(std::size_t at) const;
};

/// Linear.
WikiSource prepare_wikitext(std::string_view text);

}  // namespace freshet::pipeline
