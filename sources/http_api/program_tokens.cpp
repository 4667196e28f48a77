#include "sources/http_api/program_tokens.h"

#include <array>
#include <utility>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMaxNesting = 200;
constexpr std::string_view kSpace = " \t\r\n";

bool starts_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool in_word(char c) {
  return starts_word(c) || is_digit(c);
}

class Scanner {
 public:
  explicit Scanner(std::string_view program) : program_(program) {}

  Result<std::vector<Token>> run() {
    for (skip_space(); at_ < program_.size(); skip_space()) FRESHET_CHECK(next());
    if (!open_.empty()) return wrong("something opened is never closed");
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < program_.size() ? program_[at_ + ahead] : '\0';
  }

  [[nodiscard]] Error wrong(std::string_view what) const {
    return {ErrorKind::Invalid, std::string(what) + ", at character " + std::to_string(at_ + 1)};
  }

  void skip_space() {
    while (at_ < program_.size()) {
      if (peek() == '#') {
        at_ = std::min(program_.find('\n', at_), program_.size());
      } else if (kSpace.find(peek()) != std::string_view::npos) {
        ++at_;
      } else {
        return;
      }
    }
  }

  void add(TokenKind kind, std::size_t start) {
    tokens_.push_back({kind, program_.substr(start, at_ - start)});
  }

  Result<Done> next() {
    const char c = peek();
    if (c == '"') return string();
    if (starts_word(c)) return word();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '.' && starts_word(peek(1))) {
      ++at_;
      return name(TokenKind::Field);
    }
    if (c == '$') {
      ++at_;
      skip_space();  // jq lets it stand apart: `$ ENV`.
      return name(TokenKind::Variable);
    }
    return symbol();
  }

  Result<Done> name(TokenKind kind) {
    const auto start = at_;
    if (!starts_word(peek())) return wrong("a \"$\" without a name");
    while (in_word(peek())) ++at_;
    add(kind, start);
    return Done{};
  }

  Result<Done> number() {
    const auto start = at_;
    while (is_digit(peek()) || peek() == '.') ++at_;
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      while (is_digit(peek())) ++at_;
    }
    add(TokenKind::Number, start);
    return Done{};
  }

  /// A key stands right behind `{` or `,` of the innermost bracket that is open.
  [[nodiscard]] bool key_may_stand_here() const {
    return !open_.empty() && open_.back() == '}' &&
           (tokens_.back().text == "{" || tokens_.back().text == ",");
  }

  Result<Done> word() {
    const bool key_place = key_may_stand_here();
    FRESHET_CHECK(name(TokenKind::Word));
    const auto text = tokens_.back().text;
    skip_space();
    const char after = peek();
    if (key_place && (after == ':' || after == ',' || after == '}')) {
      tokens_.back().kind = TokenKind::Key;
    } else if (text == "if") {
      return open('e');
    } else if (text == "end") {
      return close('e');
    }
    return Done{};
  }

  Result<Done> open(char closing) {
    if (open_.size() >= kMaxNesting) return wrong("nested too deeply");
    open_.push_back(closing);
    return Done{};
  }

  Result<Done> close(char closing) {
    if (open_.empty() || open_.back() != closing) return wrong("closed without being opened");
    open_.pop_back();
    return Done{};
  }

  Result<Done> symbol() {
    constexpr std::array<std::string_view, 15> kLong{
        "?//", "//=", "..", "//", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "::"};
    const auto start = at_;
    ++at_;
    for (const auto text : kLong) {
      if (program_.substr(start).starts_with(text)) {
        at_ = start + text.size();
        break;
      }
    }
    if (program_[start] == '@') {
      while (in_word(peek())) ++at_;
    }
    add(TokenKind::Symbol, start);
    switch (program_[start]) {
      case '(':
        return open(')');
      case '[':
        return open(']');
      case '{':
        return open('}');
      case ')':
        return parenthesis();
      case ']':
      case '}':
        return close(program_[start]);
      default:
        return Done{};
    }
  }

  /// Closes a parenthesis, or an interpolation, behind which its string goes on.
  Result<Done> parenthesis() {
    const bool interpolation = !open_.empty() && open_.back() == '"';
    FRESHET_CHECK(close(interpolation ? '"' : ')'));
    return interpolation ? string_rest() : Result<Done>(Done{});
  }

  Result<Done> string() {
    ++at_;
    return string_rest();
  }

  /// From inside a string to its end or to the next interpolation.
  Result<Done> string_rest() {
    const auto start = at_;
    for (; at_ < program_.size(); ++at_) {
      if (peek() == '"' || (peek() == '\\' && peek(1) == '(')) break;
      if (peek() == '\\') ++at_;
    }
    if (at_ >= program_.size()) return wrong("a string is never closed");
    add(TokenKind::String, start);
    if (peek() == '"') {
      ++at_;
      return Done{};
    }
    at_ += 2;
    tokens_.push_back({TokenKind::Symbol, "("});
    return open('"');
  }

  std::string_view program_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
  std::string open_;  ///< What would close each open bracket; '"' is an interpolation, 'e' an `if`.
};

}  // namespace

Result<std::vector<Token>> tokens_of(std::string_view program) {
  return Scanner(program).run();
}

}  // namespace freshet::sources::http_api
