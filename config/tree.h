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
  std::string text;  ///< Scalar: as written, without quotes.
  Position at;
  std::string key;
  Position key_at;
  std::vector<Node> children;

  /// The member of a map, or null.
  [[nodiscard]] const Node* member(std::string_view name) const;
};

/// Parses one YAML document. Bounded on purpose: at most 1 MB of UTF-8, nesting up to 16, no
/// anchors, aliases, merge keys or tags (they hide what a file says and let a small one explode).
/// Duplicate keys are problems. nullopt when the text is no YAML at all; the problems say why.
std::optional<Node> parse_tree(std::string_view text, Problems& problems);

}  // namespace freshet::config
