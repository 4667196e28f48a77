#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

/// Small questions that every format asks of text. "Blank" means ASCII white space throughout.

bool is_blank(char character);
bool is_blank(std::string_view text);
std::string_view trim(std::string_view text);
std::string_view trim_right(std::string_view text);
std::size_t indentation(std::string_view line);

/// ASCII only, so that no byte of a longer character is touched.
std::string to_lower(std::string_view text);
bool is_letter(char character);
bool is_digit(char character);
bool is_name_character(char character);  ///< Letters, digits, '-' and '_'.

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
