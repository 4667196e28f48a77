#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::index {

enum class TokenKind {
  Word,        ///< A run of letters and digits, "don't" included.
  Identifier,  ///< Several runs joined by . - _ / : @ + # or a flag: found whole.
  Part,        ///< A piece of a camelCase run.
  Gram,        ///< Two neighbouring characters of a script without spaces.
  Character,   ///< One such character.
};

/// One thing to look up, folded (characters.h).
struct Token {
  TokenKind kind = TokenKind::Word;
  std::string text;
  std::string_view surface;  ///< As written; a view into the text that was tokenized.
};

/// Cuts text into tokens in reading order. `ERR_CONNECTION_RESET` gives the words err, connection,
/// reset and the identifier err_connection_reset; `getUserName` the word getusername and the parts
/// get, user, name;
/// `--dry-run` the words and the identifiers --dry-run and dry-run; `v1.2.3` the identifier 1.2.3.
/// Any bytes are accepted. Linear in the length of the text.
std::vector<Token> tokenize(std::string_view text);

}  // namespace freshet::index
