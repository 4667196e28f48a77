#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {

/// Small questions that several recognisers ask.

inline bool is_word(char character) {
  return is_letter(character) || is_digit(character) || character == '_';
}

inline bool is_hex(char character) {
  return is_digit(character) || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

/// The character before `at`, NUL at the start; likewise the one at `at`, NUL at the end.
inline char before(std::string_view text, std::size_t at) {
  return at == 0 ? '\0' : text[at - 1];
}
inline char at_or_nul(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

/// The bytes of a separator inside a number: space, no-break space (U+00A0, U+202F), "-", or one of
/// `more`; 0 when there is none.
inline std::size_t separator_length(std::string_view text, std::size_t at, std::string_view more) {
  const std::string_view rest = text.substr(std::min(at, text.size()), 3);
  if (rest.empty()) return 0;
  if (rest[0] == ' ' || rest[0] == '-' || more.find(rest[0]) != std::string_view::npos) return 1;
  if (rest.starts_with("\xC2\xA0")) return 2;
  return rest == "\xE2\x80\xAF" || rest == "\xE2\x80\x91" ? 3 : 0;
}

/// Whether one of the words (lower case) stands within `reach` bytes before `at`, on the same line
/// not as a part of a longer word, and with no other number in between.
inline bool word_before(std::string_view text, std::size_t at, std::size_t reach,
                        std::span<const std::string_view> words) {
  const std::size_t from = at > reach ? at - reach : 0;
  std::string near = to_lower(text.substr(from, at - from));
  const std::size_t line = near.rfind('\n');
  if (line != std::string::npos) near.erase(0, line + 1);
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    const std::size_t found = near.rfind(word);
    if (found == std::string::npos) return false;
    const bool starts = found == 0 || !is_letter(near[found - 1]);
    const std::string_view between = std::string_view(near).substr(found + word.size());
    const bool ends = between.empty() || (!is_letter(between.front()) && between.front() != '_');
    return starts && ends && std::none_of(between.begin(), between.end(), is_digit);
  });
}

}  // namespace freshet::pipeline
