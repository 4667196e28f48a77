#pragma once

#include <string>
#include <string_view>

namespace freshet {

/// Small questions about text. "Blank" means ASCII white space throughout.

bool is_blank(char character);
bool is_blank(std::string_view text);
std::string_view trim(std::string_view text);
std::string_view trim_right(std::string_view text);

/// ASCII only, so that no byte of a longer character is touched.
std::string to_lower(std::string_view text);
bool is_letter(char character);
bool is_digit(char character);
bool is_name_character(char character);  ///< Letters, digits, '-' and '_'.

}  // namespace freshet
