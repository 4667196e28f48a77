#pragma once

#include <string>
#include <string_view>

namespace freshet::index {

/// Letters, digits, marks, and the invisible characters that may stand inside a word (Unicode 15,
/// ICU).
bool is_word_character(char32_t character);

/// Characters of scripts that write no space between words (Han, kana, Thai, Lao, Khmer, Myanmar).
bool is_unspaced_character(char32_t character);

bool is_upper_case(char32_t character);
bool is_lower_case(char32_t character);

/// NFKC_Casefold (UAX #44): case, width, ligatures and composition made equal. Malformed bytes
/// become U+FFFD.
std::string fold(std::string_view text);

/// Whether any ASCII digit occurs.
bool has_digit(std::string_view text);

}  // namespace freshet::index
