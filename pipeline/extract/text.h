#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/ascii.h"

namespace freshet::pipeline {

/// Small questions that every format asks of text, beside those of base/text/ascii.h.

std::size_t indentation(std::string_view line);

/// One run of white space (no-break spaces too) becomes one space, line breaks written as '\n'
/// stay, ends are trimmed, and characters without width (U+200B, U+2060, U+FEFF, U+00AD) go.
/// Joiners stay: scripts need them.
std::string clean_text(std::string_view text);
/// The same with line breaks turned into spaces.
std::string clean_line(std::string_view text);
/// Code: white space at line ends and empty lines around it go, everything else stays.
std::string clean_code(std::string_view text);

/// Splits at every separator; "" yields one empty piece.
std::vector<std::string_view> split_at(std::string_view text, char separator);

}  // namespace freshet::pipeline
