#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "sources/http_api/program_functions.h"
#include "sources/http_api/program_tokens.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// A piece of a jq program. What `parts` are stands beside each kind.
struct ProgramNode {
  enum class Kind {
    Input,        ///< `.`
    Literal,      ///< `value`
    Variable,     ///< `slot`
    Index,        ///< term, index: `.a`, `.["a"]`, `.[0]`
    Each,         ///< term: `.[]`
    Pipe,         ///< stages
    Comma,        ///< alternatives
    Alternative,  ///< left, right: `//`
    And,          ///< left, right
    Or,           ///< left, right
    Operator,     ///< left, right
    Try,          ///< body: `(…)?`
    Array,        ///< body, or nothing: `[]`
    Object,       ///< name, value, name, value …
    Text,         ///< pieces: "a\(.b)c"
    If,           ///< condition, then, else
    Bind,         ///< term, body: `term as $slot | body`
    Call,         ///< arguments
  };
  Kind kind = Kind::Input;
  std::vector<ProgramNode> parts{};
  Value value{};
  std::size_t slot = 0;
  bool optional = false;                ///< Index, Each: what does not fit gives nothing (`?`).
  const Operator* operation = nullptr;  ///< Operator
  const Function* function = nullptr;   ///< Call
};

/// `$parent`, `$children`, `$lookup` and `$config` have the first slots.
inline constexpr std::size_t kGivenVariables = 4;

struct ProgramTree {
  ProgramNode root;
  std::size_t slots = kGivenVariables;
  /// What absent variables read as. The tree's own: values are not shared between threads.
  Value empty = Value::object();
};

/// NotFound for what is not read here, be it right or wrong: jq must read it.
Result<ProgramTree> read_program(const std::vector<Token>& tokens);

}  // namespace freshet::sources::http_api
