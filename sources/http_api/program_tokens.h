#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet::sources::http_api {

/// What jq's scanner makes of a piece of a program, as far as the rules and the short cut ask.
enum class TokenKind {
  Word,      ///< A function or keyword: `select`, `if`.
  Key,       ///< A word that is the key of an object: `{input: 1}`.
  Field,     ///< `.name`; the text is "name".
  Variable,  ///< `$name`; the text is "name".
  Number,    ///< A literal.
  String,    ///< A whole string without interpolation, or one piece of it; the text is raw.
  Symbol,    ///< One operator or bracket: `|`, `//`, `|=`, `[`, `..`.
};

struct Token {
  TokenKind kind;
  std::string_view text;
};

/// Reads a jq 1.6 program. Comments and white space are dropped; `@format` counts as a Symbol. The
/// texts point into `program`. Invalid for a string or bracket that is never closed, or closed
/// twice: what follows can rely on balance.
Result<std::vector<Token>> tokens_of(std::string_view program);

}  // namespace freshet::sources::http_api
