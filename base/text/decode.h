#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet {

struct DecodedText {
  std::string text;  ///< Valid UTF-8 without byte order mark or NUL; line ends as they came.
  std::vector<std::string> warnings;
  bool exact = true;  ///< Every byte was a character: none was replaced, and there was no NUL.
};

/// Bytes to text. A byte order mark decides; else bytes that are valid UTF-8 are UTF-8, whatever
/// they declare (no other encoding in use produces such bytes by accident, wrong declarations are
/// common); else the declaration (HTML meta, XML declaration, Emacs coding line) if the bytes fit
/// it; else the detected encoding; else windows-1252. Invalid when the bytes are not text: the
/// message names what they look like.
Result<DecodedText> decode_text(std::string_view body);

/// "PDF", "PNG image", "ZIP archive" ..., by the first bytes; empty when they are of no kind we
/// know.
std::string_view known_binary(std::string_view body);

/// The charset that the first bytes declare, lower case; empty when none.
std::string declared_charset(std::string_view body);

}  // namespace freshet
