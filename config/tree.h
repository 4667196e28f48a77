#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problem.h"

namespace freshet::config {

/// One value of the configuration file with its place. The children of a map carry their key.
struct Node {
  enum class Kind { Null, Scalar, List, Map };

  Kind kind = Kind::Null;
  std::string text;     ///< Scalar: as written, without quotes.
  bool quoted = false;  ///< Scalar: stood in quotes, so it is text whatever it looks like.
  Position at;
  std::string key;
  Position key_at;
  std::vector<Node> children;

  /// The member of a map, or null.
  [[nodiscard]] const Node* member(std::string_view name) const;
};

/// What to do about anchors and aliases.
enum class Anchors {
  Refused,   ///< They hide what a file says.
  Expanded,  ///< An alias becomes a copy of what it names; at most 20,000 values come out.
};

/// Parses one YAML document. Bounded on purpose: at most 1 MB of UTF-8, nesting up to 16, no
/// merge keys or tags (they hide what a file says and let a small one explode).
/// Duplicate keys are problems. nullopt when the text is no YAML at all; the problems say why.
std::optional<Node> parse_tree(std::string_view text, Problems& problems,
                               Anchors anchors = Anchors::Refused);

}  // namespace freshet::config
