#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// Whether a template may name a secret of the configuration: only in `auth` and headers.
enum class SecretUse { Refused, Allowed };

/// What the roots of a template stand for: "config", "cursor", "part", "parent", "rec", "batch",
/// "now". One that is not set is undefined. Relative times ("-730d") count from
/// `now`.
struct Scope {
  std::map<std::string, Value, std::less<>> roots;
  /// The secret members of config, by name; `roots` should not hold them.
  std::map<std::string, std::string, std::less<>> secrets;
};

/// `${root.path | filter:arg | …}` in text: the request side of a manifest.
///
/// A path goes on with `.name` and `[index]`. The argument of a filter that takes one runs to the
/// next `|` or `}`; several are parted by commas; either may stand in single or double quotes.
/// `$${` is a literal `${`. The filters are in template_filters.h.
///
/// A template that is exactly one ${} keeps the JSON type of its value; otherwise the pieces are
/// joined as text. A value that is undefined or null is an error unless `| default:x` follows.
class Template {
 public:
  /// Invalid for an unknown root or filter (naming the nearest), a wrong number of arguments or a
  /// missing brace, with the position.
  static Result<Template> compile(std::string_view text, SecretUse secrets = SecretUse::Refused);

  /// Invalid names the placeholder that is undefined, that a filter cannot take, or that is a
  /// secret where none may stand. Messages never hold values.
  [[nodiscard]] Result<Value> render(const Scope& scope) const;
  [[nodiscard]] Result<std::string> render_text(const Scope& scope) const;
  /// No ${} at all.
  [[nodiscard]] bool constant() const;

  /// One step of a placeholder's filters; `filter` is a place in filters().
  struct Call {
    std::size_t filter = 0;
    std::vector<std::string> arguments;
  };
  /// Literal text, or a placeholder, whose text is kept for messages.
  struct Piece {
    std::string text;
    std::vector<std::string> path;  ///< Root first. Empty for literal text.
    std::vector<Call> calls;
  };

 private:
  [[nodiscard]] Result<Value> evaluate(const Piece& piece, const Scope& scope) const;

  std::vector<Piece> pieces_;
  SecretUse secrets_ = SecretUse::Refused;
};

}  // namespace freshet::sources::http_api
