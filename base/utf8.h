#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace freshet {

/// One decoded character. A malformed byte decodes as U+FFFD of length 1 with `valid` false.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  ///< Bytes it takes in the input; at least 1.
  bool valid = true;
};

/// Decodes the character at the start of `text`, which must not be empty. Overlong forms,
/// surrogates and values above U+10FFFF are malformed (RFC 3629).
CodePoint decode_utf8(std::string_view text);

/// Appends one character; surrogates and values out of range become U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text);

/// The same text with every malformed byte replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);

/// The longest start of `text` that has at most `max_bytes` and does not cut a character.
std::string_view truncate_utf8(std::string_view text, std::size_t max_bytes);

}  // namespace freshet
