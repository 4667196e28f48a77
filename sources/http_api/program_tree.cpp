#include "sources/http_api/program_tree.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>

namespace freshet::sources::http_api {
namespace {

using Kind = ProgramNode::Kind;

/// Depth costs stack when the program runs.
constexpr std::size_t kMostNodes = 1000;

Error left_to_jq() {
  return {ErrorKind::NotFound, "left to jq"};
}

template <class... Parts>
ProgramNode node(Kind kind, Parts... parts) {
  ProgramNode made;
  made.kind = kind;
  (made.parts.push_back(std::move(parts)), ...);
  return made;
}

/// A name that stands alone in an object must be none of these.
bool is_keyword(std::string_view word) {
  constexpr std::array<std::string_view, 19> kKeywords{
      "and",    "as",      "break", "catch",  "def", "elif",   "else", "end", "foreach", "if",
      "import", "include", "label", "module", "or",  "reduce", "then", "try", "__loc__"};
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

bool has_try(const ProgramNode& node) {
  return node.kind == Kind::Try || std::any_of(node.parts.begin(), node.parts.end(), has_try);
}

ProgramNode literal(Value value) {
  ProgramNode made = node(Kind::Literal);
  made.value = std::move(value);
  return made;
}

/// By jq 1.6's grammar (src/parser.y). A method for each level of precedence, loosest first.
class Reader {
 public:
  explicit Reader(std::span<const Token> tokens) : rest_(tokens) {}

  Result<ProgramTree> read() {
    FRESHET_TRY(ProgramNode root, pipe());
    if (!rest_.empty()) return left_to_jq();
    return ProgramTree{std::move(root), slots_, Value::object()};
  }

 private:
  [[nodiscard]] bool at(TokenKind kind, std::string_view text, std::size_t ahead = 0) const {
    return ahead < rest_.size() && rest_[ahead].kind == kind && rest_[ahead].text == text;
  }
  [[nodiscard]] bool at(TokenKind kind) const { return !rest_.empty() && rest_[0].kind == kind; }
  bool take(TokenKind kind, std::string_view text) {
    if (!at(kind, text)) return false;
    rest_ = rest_.subspan(1);
    return true;
  }
  bool take_symbol(std::string_view text) { return take(TokenKind::Symbol, text); }
  bool take_word(std::string_view text) { return take(TokenKind::Word, text); }
  std::string_view take_text() {
    const std::string_view text = rest_[0].text;
    rest_ = rest_.subspan(1);
    return text;
  }
  Result<Done> expect(std::string_view symbol) {
    if (!take_symbol(symbol)) return left_to_jq();
    return Done{};
  }

  Result<ProgramNode> pipe() { return several(Kind::Pipe, "|", &Reader::comma); }
  Result<ProgramNode> comma() { return several(Kind::Comma, ",", &Reader::alternative); }

  Result<ProgramNode> several(Kind kind, std::string_view separator,
                              Result<ProgramNode> (Reader::*next)()) {
    if (++nodes_ > kMostNodes) return left_to_jq();
    FRESHET_TRY(ProgramNode first, (this->*next)());
    if (!at(TokenKind::Symbol, separator)) return first;
    ProgramNode all = node(kind, std::move(first));
    while (take_symbol(separator)) {
      FRESHET_TRY(ProgramNode one, (this->*next)());
      all.parts.push_back(std::move(one));
    }
    return all;
  }

  Result<ProgramNode> alternative() {
    FRESHET_TRY(ProgramNode left, logic(Kind::Or));
    if (!take_symbol("//")) return left;
    FRESHET_TRY(ProgramNode right, alternative());
    return node(Kind::Alternative, std::move(left), std::move(right));
  }

  Result<ProgramNode> logic(Kind kind) {
    const bool outer = kind == Kind::Or;
    FRESHET_TRY(ProgramNode left, outer ? logic(Kind::And) : comparison());
    while (take_word(outer ? "or" : "and")) {
      FRESHET_TRY(ProgramNode right, outer ? logic(Kind::And) : comparison());
      left = node(kind, std::move(left), std::move(right));
    }
    return left;
  }

  Result<ProgramNode> comparison() {
    FRESHET_TRY(ProgramNode left, sum());
    FRESHET_TRY(ProgramNode both, operation(std::move(left), Precedence::Comparison, &Reader::sum));
    if (!rest_.empty() && rest_[0].kind == TokenKind::Symbol) {
      const Operator* const next = operator_named(rest_[0].text);
      if (next != nullptr && next->precedence == Precedence::Comparison) return left_to_jq();
    }
    return both;
  }

  Result<ProgramNode> sum() {
    FRESHET_TRY(ProgramNode left, product());
    return operations(std::move(left), Precedence::Sum, &Reader::product);
  }

  Result<ProgramNode> product() {
    FRESHET_TRY(ProgramNode left, operand());
    return operations(std::move(left), Precedence::Product, &Reader::operand);
  }

  /// One more operation of this precedence, if there is one.
  Result<ProgramNode> operation(ProgramNode left, Precedence precedence,
                                Result<ProgramNode> (Reader::*next)()) {
    if (rest_.empty() || rest_[0].kind != TokenKind::Symbol) return left;
    const Operator* const found = operator_named(rest_[0].text);
    if (found == nullptr || found->precedence != precedence) return left;
    rest_ = rest_.subspan(1);
    FRESHET_TRY(ProgramNode right, (this->*next)());
    ProgramNode both = node(Kind::Operator, std::move(left), std::move(right));
    both.operation = found;
    return both;
  }

  Result<ProgramNode> operations(ProgramNode left, Precedence precedence,
                                 Result<ProgramNode> (Reader::*next)()) {
    for (std::size_t before = 0; before != rest_.size();) {
      before = rest_.size();
      FRESHET_TRY(left, operation(std::move(left), precedence, next));
    }
    return left;
  }

  /// A term with what hangs on it, or one of the forms that are no terms.
  Result<ProgramNode> operand() {
    if (++nodes_ > kMostNodes || rest_.empty()) return left_to_jq();
    if (take_word("if")) return condition();
    FRESHET_TRY(ProgramNode left, term());
    FRESHET_TRY(left, postfix(std::move(left)));
    if (take_word("as")) return binding(std::move(left));
    while (take_symbol("?")) {
      if (++nodes_ > kMostNodes) return left_to_jq();
      left = node(Kind::Try, std::move(left));
    }
    return left;
  }

  Result<ProgramNode> condition() {
    FRESHET_TRY(ProgramNode when, pipe());
    if (!take_word("then")) return left_to_jq();
    FRESHET_TRY(ProgramNode then, pipe());
    ProgramNode otherwise;
    if (take_word("elif")) {
      FRESHET_TRY(otherwise, condition());
    } else {
      if (!take_word("else")) return left_to_jq();
      FRESHET_TRY(otherwise, pipe());
      if (!take_word("end")) return left_to_jq();
    }
    return node(Kind::If, std::move(when), std::move(then), std::move(otherwise));
  }

  Result<ProgramNode> binding(ProgramNode bound) {
    if (!at(TokenKind::Variable)) return left_to_jq();
    names_.emplace_back(take_text(), slots_++);
    FRESHET_CHECK(expect("|"));
    ProgramNode bind = node(Kind::Bind, std::move(bound));
    bind.slot = names_.back().second;
    FRESHET_TRY(ProgramNode body, pipe());
    bind.parts.push_back(std::move(body));
    names_.pop_back();
    return bind;
  }

  /// Terms, without what hangs on them.
  Result<ProgramNode> term() {
    switch (rest_[0].kind) {
      case TokenKind::Field:
        return index(node(Kind::Input), literal(Value::text(take_text())));
      case TokenKind::Variable:
        return variable(take_text());
      case TokenKind::Number:
        return number(take_text());
      case TokenKind::String:
        return text();
      case TokenKind::Word:
        return word(take_text());
      case TokenKind::Symbol:
        return bracket(take_text());
      default:
        return left_to_jq();
    }
  }

  Result<ProgramNode> bracket(std::string_view symbol) {
    if (symbol == ".") {
      if (!at(TokenKind::String)) return node(Kind::Input);
      FRESHET_TRY(ProgramNode name, text());
      return index(node(Kind::Input), std::move(name));
    }
    if (symbol == "{") return object();
    if (symbol == "[" && take_symbol("]")) return node(Kind::Array);
    if (symbol != "[" && symbol != "(") return left_to_jq();
    FRESHET_TRY(ProgramNode inner, pipe());
    FRESHET_CHECK(expect(symbol == "[" ? "]" : ")"));
    return symbol == "[" ? node(Kind::Array, std::move(inner)) : std::move(inner);
  }

  Result<ProgramNode> index(ProgramNode of, ProgramNode key) {
    if (++nodes_ > kMostNodes) return left_to_jq();
    ProgramNode made = node(Kind::Index, std::move(of), std::move(key));
    made.optional = take_symbol("?");
    return made;
  }

  Result<ProgramNode> postfix(ProgramNode left) {
    while (true) {
      if (at(TokenKind::Field)) {
        FRESHET_TRY(left, index(std::move(left), literal(Value::text(take_text()))));
      } else if (at(TokenKind::Symbol, ".") && rest_.size() > 1 &&
                 rest_[1].kind == TokenKind::String) {
        rest_ = rest_.subspan(1);
        FRESHET_TRY(ProgramNode name, text());
        FRESHET_TRY(left, index(std::move(left), std::move(name)));
      } else if (take_symbol("[")) {
        FRESHET_TRY(left, in_brackets(std::move(left)));
      } else {
        return left;
      }
    }
  }

  Result<ProgramNode> in_brackets(ProgramNode left) {
    if (take_symbol("]")) {
      if (++nodes_ > kMostNodes) return left_to_jq();
      ProgramNode each = node(Kind::Each, std::move(left));
      each.optional = take_symbol("?");
      return each;
    }
    FRESHET_TRY(ProgramNode key, pipe());
    FRESHET_CHECK(expect("]"));
    return index(std::move(left), std::move(key));
  }

  Result<ProgramNode> variable(std::string_view name) {
    constexpr std::array<std::string_view, kGivenVariables> kGiven{"parent", "children", "lookup",
                                                                   "config"};
    ProgramNode made = node(Kind::Variable);
    const auto bound = std::find_if(names_.rbegin(), names_.rend(),
                                    [&](const auto& known) { return known.first == name; });
    const auto* const given = std::find(kGiven.begin(), kGiven.end(), name);
    if (bound != names_.rend()) {
      made.slot = bound->second;
    } else if (given != kGiven.end()) {
      made.slot = static_cast<std::size_t>(given - kGiven.begin());
    } else {
      return left_to_jq();
    }
    return made;
  }

  Result<ProgramNode> number(std::string_view digits) {
    FRESHET_TRY(Value value, Value::parse(digits));
    if (!value.is_number()) return left_to_jq();
    return literal(std::move(value));
  }

  Result<ProgramNode> text() {
    ProgramNode pieces = node(Kind::Text);
    while (true) {
      if (!at(TokenKind::String)) return left_to_jq();
      FRESHET_TRY(Value piece, Value::parse("\"" + std::string(take_text()) + "\""));
      pieces.parts.push_back(literal(std::move(piece)));
      if (!take_symbol("(")) break;
      FRESHET_TRY(ProgramNode inner, pipe());
      FRESHET_CHECK(expect(")"));
      pieces.parts.push_back(std::move(inner));
    }
    return pieces.parts.size() == 1 ? std::move(pieces.parts[0]) : std::move(pieces);
  }

  Result<ProgramNode> word(std::string_view name) {
    if (name == "null") return literal({});
    if (name == "true" || name == "false") return literal(Value::boolean(name == "true"));
    ProgramNode call = node(Kind::Call);
    if (take_symbol("(")) {
      FRESHET_TRY(ProgramNode argument, pipe());
      call.parts.push_back(std::move(argument));
      while (take_symbol(";")) {
        FRESHET_TRY(ProgramNode further, pipe());
        call.parts.push_back(std::move(further));
      }
      FRESHET_CHECK(expect(")"));
    }
    call.function = function_named(name, call.parts.size());
    // In jq 1.6 a `?` inside first(f) catches what ends f.
    const bool odd =
        call.function != nullptr && call.function->form == Form::First && has_try(call);
    if (call.function == nullptr || odd) return left_to_jq();
    return call;
  }

  Result<ProgramNode> object() {
    ProgramNode made = node(Kind::Object);
    while (!take_symbol("}")) {
      if (!made.parts.empty()) FRESHET_CHECK(expect(","));
      FRESHET_CHECK(member(made.parts));
    }
    return made;
  }

  /// `name`, `$name`, `name: value`, `"name": value` or `(name): value`.
  Result<Done> member(std::vector<ProgramNode>& parts) {
    if (rest_.empty()) return left_to_jq();
    ProgramNode name;
    ProgramNode value;
    if (at(TokenKind::Variable) || at(TokenKind::Key)) {
      const bool named = at(TokenKind::Variable);
      const std::string_view written = take_text();
      name = literal(Value::text(written));
      FRESHET_TRY(value, named ? variable(written) : index(node(Kind::Input), name));
      const bool valued = at(TokenKind::Symbol, ":");
      if (valued ? named : is_keyword(written)) return left_to_jq();
    } else if (at(TokenKind::String)) {
      FRESHET_TRY(name, text());
      value = node(Kind::Index, node(Kind::Input), name);
    } else {
      FRESHET_CHECK(expect("("));
      FRESHET_TRY(name, pipe());
      FRESHET_CHECK(expect(")"));
      const bool constant = name.kind == Kind::Literal && !name.value.is_text();
      if (constant || !at(TokenKind::Symbol, ":")) return left_to_jq();
    }
    if (take_symbol(":")) {
      FRESHET_TRY(value, member_value());
    }
    parts.push_back(std::move(name));
    parts.push_back(std::move(value));
    return Done{};
  }

  /// In an object, only terms and pipes of them stand without parentheses.
  Result<ProgramNode> member_value() {
    ProgramNode stages = node(Kind::Pipe);
    do {
      if (++nodes_ > kMostNodes || rest_.empty()) return left_to_jq();
      FRESHET_TRY(ProgramNode stage, term());
      FRESHET_TRY(stage, postfix(std::move(stage)));
      stages.parts.push_back(std::move(stage));
    } while (take_symbol("|"));
    return stages;
  }

  std::span<const Token> rest_;
  std::vector<std::pair<std::string_view, std::size_t>> names_;  ///< Bound where we are.
  std::size_t slots_ = kGivenVariables;
  std::size_t nodes_ = 0;
};

}  // namespace

Result<ProgramTree> read_program(const std::vector<Token>& tokens) {
  return Reader(tokens).read();
}

}  // namespace freshet::sources::http_api
