#include "sources/globs.h"

#include <algorithm>
#include <bitset>
#include <optional>
#include <utility>

namespace freshet::sources {
namespace {

constexpr std::size_t kMaxPatternLength = 240;
constexpr std::size_t kMaxAlternatives = 64;
using States = std::bitset<256>;

std::size_t index_of(char character) {
  return static_cast<unsigned char>(character);
}

/// Where the group opened at `open` ends, or npos.
std::size_t closing_brace(std::string_view pattern, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < pattern.size(); ++at) {
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == '{') {
      ++depth;
    } else if (pattern[at] == '}' && --depth == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string_view> split_alternatives(std::string_view inside) {
  std::vector<std::string_view> parts;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < inside.size(); ++at) {
    if (inside[at] == '\\') {
      ++at;
    } else if (inside[at] == '{') {
      ++depth;
    } else if (inside[at] == '}') {
      --depth;
    } else if (inside[at] == ',' && depth == 0) {
      parts.push_back(inside.substr(start, at - start));
      start = at + 1;
    }
  }
  parts.push_back(inside.substr(start));
  return parts;
}

std::size_t opening_brace(std::string_view pattern) {
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == '{') {
      return at;
    }
  }
  return std::string_view::npos;
}

/// The pattern with every `{a,b}` written out.
Result<std::vector<std::string>> expand_braces(std::string_view pattern) {
  std::vector<std::string> open{std::string(pattern)};
  std::vector<std::string> done;
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    const auto start = opening_brace(next);
    if (start == std::string::npos) {
      done.push_back(next);
    } else {
      const auto end = closing_brace(next, start);
      if (end == std::string::npos) return Error{ErrorKind::Invalid, "a \"{\" is never closed"};
      for (const auto part :
           split_alternatives(std::string_view(next).substr(start + 1, end - start - 1))) {
        open.push_back(next.substr(0, start) + std::string(part) + next.substr(end + 1));
      }
    }
    if (open.size() + done.size() > kMaxAlternatives) {
      return Error{ErrorKind::Invalid, "it has more than 64 alternatives"};
    }
  }
  return done;
}

bool has_wildcard(std::string_view segment) {
  return segment.find_first_of("*?[") != std::string_view::npos;
}

}  // namespace

/// Turns one brace-free pattern into tokens.
class GlobParser {
 public:
  explicit GlobParser(std::string_view pattern) : text_(pattern) {}

  Result<Glob::Alternative> parse() {
    anchor();
    while (at_ < text_.size()) FRESHET_CHECK(step());
    if (result_.tokens.size() >= States{}.size()) {
      return Error{ErrorKind::Invalid, "it is too long"};
    }
    collect_prefix();
    return std::move(result_);
  }

 private:
  /// Settles what slashes at the ends mean, so that step() sees only the pattern proper.
  void anchor() {
    const bool below = text_.ends_with('/');
    while (text_.ends_with('/')) text_.remove_suffix(1);
    const bool anchored = text_.find('/') != std::string_view::npos;
    while (text_.starts_with('/')) text_.remove_prefix(1);
    if (!anchored) push(Glob::Kind::AnySegments);
    const auto last = text_.substr(text_.rfind('/') + 1);
    result_.covers_below = below || !has_wildcard(last);
    only_below_ = below;
  }

  Result<Done> step() {
    const char next = text_[at_];
    if (next == '*') return star();
    if (next == '[') return character_class();
    if (next == '\\' && at_ + 1 < text_.size()) ++at_;
    push(next == '?' ? Glob::Kind::AnyCharacter : Glob::Kind::Character, text_[at_]);
    ++at_;
    finish_directory();
    return Done{};
  }

  Result<Done> star() {
    const bool at_segment_start = at_ == 0 || text_[at_ - 1] == '/';
    const auto end = std::min(text_.find_first_not_of('*', at_), text_.size());
    const bool whole = at_segment_start && end - at_ == 2;
    if (whole && end == text_.size()) {
      push(Glob::Kind::Rest);
    } else if (whole && text_[end] == '/') {
      push(Glob::Kind::AnySegments);
      at_ = end + 1;
      return Done{};
    } else {
      push(Glob::Kind::Star);
    }
    at_ = end;
    finish_directory();
    return Done{};
  }

  Result<Done> character_class() {
    const auto end = text_.find(']', at_ + 2);
    if (end == std::string_view::npos) {
      return Error{ErrorKind::Invalid, "a \"[\" is never closed"};
    }
    auto inside = text_.substr(at_ + 1, end - at_ - 1);
    const bool negated = inside.starts_with('!') || inside.starts_with('^');
    if (negated) inside.remove_prefix(1);
    Glob::CharacterClass members{};
    for (std::size_t i = 0; i < inside.size(); ++i) {
      const bool range = i + 2 < inside.size() && inside[i + 1] == '-';
      const auto last = index_of(inside[range ? i + 2 : i]);
      for (auto c = index_of(inside[i]); c <= last; ++c) members.at(c) = true;
      if (range) i += 2;
    }
    if (negated) {
      for (auto& member : members) member = !member;
    }
    members[index_of('/')] = false;
    result_.classes.push_back(members);
    result_.tokens.push_back({Glob::Kind::Class, 0, result_.classes.size() - 1});
    at_ = end + 1;
    finish_directory();
    return Done{};
  }

  /// "docs/" is "docs/**": the directory's content, never a file of that name.
  void finish_directory() {
    if (at_ < text_.size() || !only_below_) return;
    push(Glob::Kind::Character, '/');
    push(Glob::Kind::Rest);
  }

  void collect_prefix() {
    for (const auto& token : result_.tokens) {
      if (token.kind != Glob::Kind::Character) break;
      result_.prefix.push_back(token.character);
    }
  }

  void push(Glob::Kind kind, char character = 0) { result_.tokens.push_back({kind, character, 0}); }

  std::string_view text_;
  std::size_t at_ = 0;
  bool only_below_ = false;
  Glob::Alternative result_;
};

Result<Glob> Glob::parse(std::string_view pattern) {
  const auto fail = [&](std::string_view why) {
    return Error{ErrorKind::Invalid, "pattern \"" + std::string(pattern.substr(0, 80)) +
                                         "\" cannot be used: " + std::string(why)};
  };
  if (pattern.find_first_not_of('/') == std::string_view::npos) return fail("it is empty");
  if (pattern.starts_with('!')) return fail("there is no negation; list it under exclude");
  if (pattern.size() > kMaxPatternLength) return fail("it is longer than 240 characters");

  auto expanded = expand_braces(pattern);
  if (!expanded) return fail(expanded.error().message);
  Glob glob;
  for (const auto& plain : *expanded) {
    auto alternative = GlobParser(plain).parse();
    if (!alternative) return fail(alternative.error().message);
    glob.alternatives_.push_back(*std::move(alternative));
  }
  return glob;
}

bool Glob::matches(std::string_view path) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(),
                     [&](const auto& alternative) { return matches(alternative, path); });
}

// Follows all ways through the pattern at once (Thompson 1968), so that no pattern can make it
// backtrack.
bool Glob::matches(const Alternative& alternative, std::string_view path) {
  if (!path.starts_with(alternative.prefix)) return false;
  const auto& tokens = alternative.tokens;
  States states;
  states.set(0);
  for (std::size_t at = 0;; ++at) {
    const bool boundary = at == 0 || path[at - 1] == '/';
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i]) continue;
      const auto kind = tokens[i].kind;
      if (kind == Kind::Star || kind == Kind::Rest || (kind == Kind::AnySegments && boundary)) {
        states.set(i + 1);
      }
    }
    if (at == path.size()) return states[tokens.size()];
    const char next = path[at];
    if (next == '/' && alternative.covers_below && states[tokens.size()]) return true;

    States following;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      if (!states[i]) continue;
      const auto& token = tokens[i];
      if (token.kind == Kind::Rest || token.kind == Kind::AnySegments) following.set(i);
      if (token.kind == Kind::Star && next != '/') following.set(i);
      if (token.kind == Kind::Character && next == token.character) following.set(i + 1);
      if (token.kind == Kind::AnyCharacter && next != '/') following.set(i + 1);
      if (token.kind == Kind::Class && alternative.classes[token.class_index][index_of(next)]) {
        following.set(i + 1);
      }
    }
    if (following.none()) return false;
    states = following;
  }
}

}  // namespace freshet::sources
