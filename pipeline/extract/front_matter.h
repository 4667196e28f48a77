#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/extract/extracted.h"

namespace freshet::pipeline {

/// Reads the block of settings at the top of a page: YAML between "---" lines or TOML between "+++"
/// lines. Title, owner (owner, author, authors, maintainer) and language (language, lang, locale)
/// fill their fields; other scalars and lists of scalars ("a, b") become metadata. Returns how many
/// bytes the block takes, 0 when there is none. A block that cannot be parsed is a warning: the
/// page below it is still worth reading.
std::size_t read_front_matter(std::string_view text, ExtractedDocument& document);

/// "en-GB" and "en_GB" become "en"; anything that is not a two-letter code becomes empty.
std::string language_code(std::string_view tag);

}  // namespace freshet::pipeline
