#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet::sources {

/// One pattern over "/"-separated relative paths, in the spirit of gitignore (gitignore(5)):
///
///   `*` and `?` stay inside one path segment, `[a-z]` and `[!a-z]` match one character, `**` as a
///   whole segment matches any number of segments, `{a,b}` is either. A pattern without "/" (but
///   for a trailing one) matches at any depth; a leading "/" or a "/" inside anchors it at the top.
///   A trailing "/" means everything below. A last segment without wildcards also matches
///   everything below that name. `\` takes the next character literally. There is no negation: that
///   is what `exclude` is for.
///
/// Matching takes time proportional to path length times pattern length, whatever the pattern.
class Glob {
 public:
  /// Invalid when the pattern is empty, negated, malformed, longer than 240 characters or has more
  /// than 64 alternatives.
  static Result<Glob> parse(std::string_view pattern);

  [[nodiscard]] bool matches(std::string_view path) const;

 private:
  enum class Kind : std::uint8_t { Character, AnyCharacter, Class, Star, AnySegments, Rest };
  struct Token {
    Kind kind;
    char character = 0;
    std::size_t class_index = 0;
  };
  using CharacterClass = std::array<bool, 256>;
  struct Alternative {
    std::vector<Token> tokens;
    std::vector<CharacterClass> classes;
    std::string prefix;  ///< What every match starts with: a cheap first test.
    bool covers_below = false;
  };
  friend class GlobParser;

  static bool matches(const Alternative& alternative, std::string_view path);

  std::vector<Alternative> alternatives_;
};

}  // namespace freshet::sources
