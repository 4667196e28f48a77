#include "config/table_reader.h"

#include <algorithm>

#include "base/nearest_name.h"
#include "base/utf8.h"

namespace freshet::config {

std::string dotted(const Scope& scope, std::string_view key) {
  const std::string shown(truncate_utf8(key, 80));
  return scope.name.empty() ? shown : scope.name + "." + shown;
}

Position place_of(const Scope& scope, std::string_view option) {
  const Node* node = scope.map.member(option);
  return node == nullptr ? scope.map.at : node->at;
}

bool expect_map(const Node& node, std::string_view name, Problems& problems) {
  if (node.kind == Node::Kind::Map) return true;
  problems.error(node.at, name,
                 node.kind == Node::Kind::Null ? "has no options; give some or remove the line"
                                               : "must be a map of options (name: value)");
  return false;
}

namespace {

/// "metadata.requester: x" for what is written "metadata: {requester: x}".
std::string advice_on(std::string_view key, const std::vector<std::string_view>& known) {
  const auto dot = key.find('.');
  const auto outer = key.substr(0, dot);
  if (dot == std::string_view::npos || std::find(known.begin(), known.end(), outer) == known.end())
    return "is no option here; remove it";
  return "is no option; write " + std::string(outer) + ": {" +
         std::string(truncate_utf8(key.substr(dot + 1), 40)) + ": ...}";
}

}  // namespace

void report_unknown(const Scope& scope, const std::vector<std::string_view>& known,
                    Problems& problems) {
  for (const Node& child : scope.map.children) {
    if (std::find(known.begin(), known.end(), child.key) != known.end()) continue;
    const auto nearest = nearest_name(child.key, known);
    // In {...} a comma ends a text that does not stand in quotes.
    const bool sentence =
        child.kind == Node::Kind::Null && child.key.find(' ') != std::string::npos && !nearest;
    problems.error(child.key_at, dotted(scope, child.key),
                   nearest    ? "is no option; did you mean " + std::string(*nearest) + "?"
                   : sentence ? "is no option; if it belongs to the text before it, put that text "
                                "in quotes, for in {...} a comma ends it"
                              : advice_on(child.key, known));
  }
}

}  // namespace freshet::config
