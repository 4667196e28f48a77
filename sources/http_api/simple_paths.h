#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sources/http_api/expression.h"
#include "sources/http_api/program_tokens.h"

namespace freshet::sources::http_api {

/// The programs that most of a manifest consists of, read without jq's interpreter and without its
/// 25 ms of compilation: paths of names and `[]` from the input or a variable, joined by `//`. The
/// answers are jq's own; where jq would fail, nothing is answered and jq must say how.
class SimplePaths {
 public:
  /// nullopt for any other program.
  static std::optional<SimplePaths> parse(const std::vector<Token>& tokens);

  /// nullopt where a step does not fit the value.
  [[nodiscard]] std::optional<std::vector<Value>> all(const Value& input,
                                                      const Variables& variables) const;

 private:
  struct Step {
    bool each = false;  ///< `[]`
    Value name;         ///< As jq wants it: made once.
  };
  struct Path {
    Value Variables::*root = nullptr;  ///< The input where null.
    std::vector<Step> steps;
  };
  static bool walk(const Path& path, std::size_t step, const Value& from, std::vector<Value>& out);

  std::vector<Path> alternatives_;
};

/// What `$name` stands for in expressions; nullptr for any other name.
Value Variables::*variable_named(std::string_view name);

}  // namespace freshet::sources::http_api
