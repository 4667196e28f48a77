#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet::pipeline {

struct JsonNode {
  enum class Kind { Null, Boolean, Number, String, Array, Object };
  Kind kind = Kind::Null;
  std::string key;              ///< Of an object's member.
  std::string text;             ///< Strings and numbers; control characters read as spaces.
  std::size_t subtree_end = 0;  ///< Index after the last descendant.
  std::size_t begin = 0;        ///< Bytes of the JSON text.
  std::size_t end = 0;
};

/// A JSON text as values in document order, with the bytes that each comes from: a walk is a loop
/// over indices. Value 0 is the whole.
class JsonTree {
 public:
  static constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);

  /// Strict (RFC 8259), up to 10,000 levels deep; Invalid names the byte at fault.
  static Result<JsonTree> parse(std::string_view text);

  [[nodiscard]] const JsonNode& node(std::size_t at) const { return nodes_[at]; }
  [[nodiscard]] bool is(std::size_t at, JsonNode::Kind kind) const {
    return at != kAbsent && nodes_[at].kind == kind;
  }
  /// The member of an object; kAbsent where there is none or `object` is no object (or absent
  /// itself). Linear in its members.
  [[nodiscard]] std::size_t find(std::size_t object, std::string_view key) const;
  /// A member's text, empty unless it is a string or a number.
  [[nodiscard]] std::string_view text(std::size_t object, std::string_view key) const;
  /// A number, or a string that spells one.
  [[nodiscard]] std::optional<std::int64_t> number(std::size_t object, std::string_view key) const;
  [[nodiscard]] bool is_true(std::size_t object, std::string_view key) const;

 private:
  std::vector<JsonNode> nodes_;
};

}  // namespace freshet::pipeline
