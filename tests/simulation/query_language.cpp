#include "tests/simulation/query_language.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "tests/simulation/call.h"

namespace freshet::simulation {

namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

struct Token {
  std::string text;
  bool quoted = false;
};

std::size_t quoted_end(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  while (at < text.size() && text[at] != quote) at += text[at] == '\\' ? 2 : 1;
  return std::min(at, text.size());
}

std::size_t word_end(std::string_view text, std::size_t at) {
  constexpr std::string_view kBreaks = " \t\n(),=!<>~\"'";
  while (at < text.size() && kBreaks.find(text[at]) == std::string_view::npos) ++at;
  return at;
}

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      ++at;
    } else if (c == '"' || c == '\'') {
      const std::size_t end = quoted_end(text, at);
      tokens.push_back({std::string(text.substr(at + 1, end - at - 1)), true});
      at = end + 1;
    } else if (std::string_view("=!<>~").find(c) != std::string_view::npos) {
      const std::size_t size =
          at + 1 < text.size() && (text[at + 1] == '=' || text[at + 1] == '~') ? 2 : 1;
      tokens.push_back({std::string(text.substr(at, size)), false});
      at += size;
    } else if (std::string_view("(),").find(c) != std::string_view::npos) {
      tokens.push_back({std::string(1, c), false});
      ++at;
    } else {
      const std::size_t end = word_end(text, at);
      tokens.push_back({std::string(text.substr(at, end - at)), false});
      at = end;
    }
  }
  return tokens;
}

}  // namespace

class QueryParser {
 public:
  using Expression = QueryExpression;
  using Node = QueryExpression::Node;
  using NodePointer = std::unique_ptr<Node>;

  explicit QueryParser(std::string_view text) : tokens_(tokens_of(text)) {}

  Result<Expression> parse() {
    if (!at_end() && !is_word("order")) {
      FRESHET_TRY(expression_.root_, any());
    }
    if (take_word("order")) FRESHET_CHECK(ordering());
    if (!at_end()) return unexpected();
    return std::move(expression_);
  }

 private:
  Result<NodePointer> any() {
    FRESHET_TRY(NodePointer left, all());
    while (take_word("or")) {
      FRESHET_TRY(NodePointer right, all());
      left = joined(Node::Type::Or, std::move(left), std::move(right));
    }
    return left;
  }

  Result<NodePointer> all() {
    FRESHET_TRY(NodePointer left, one());
    while (take_word("and")) {
      FRESHET_TRY(NodePointer right, one());
      left = joined(Node::Type::And, std::move(left), std::move(right));
    }
    return left;
  }

  Result<NodePointer> one() {
    if (take_word("not")) {
      FRESHET_TRY(NodePointer inner, one());
      return joined(Node::Type::Not, std::move(inner), nullptr);
    }
    if (take("(")) {
      FRESHET_TRY(NodePointer inner, any());
      if (!take(")")) return unexpected();
      return inner;
    }
    return condition();
  }

  Result<NodePointer> condition() {
    Condition made;
    if (at_end() || is_symbol()) return unexpected();
    made.field = lower(next());
    FRESHET_TRY(made.operation, operation());
    if (made.operation == "in" || made.operation == "not in") {
      if (!take("(")) return unexpected();
      while (!at_end() && !is(")")) {
        made.values.push_back(next());
        if (!take(",") && !is(")")) return unexpected();
      }
      if (!take(")") || made.values.empty()) return unexpected();
    } else {
      if (at_end() || is_symbol()) return unexpected();
      made.values.push_back(next());
    }
    auto leaf = std::make_unique<Node>();
    leaf->condition = expression_.conditions_.size();
    expression_.conditions_.push_back(std::move(made));
    return leaf;
  }

  Result<std::string> operation() {
    for (const std::string_view symbol : {"=", "!=", ">=", "<=", ">", "<", "~", "!~"}) {
      if (take(symbol)) return std::string(symbol);
    }
    if (take_word("in")) return std::string("in");
    if (take_word("is")) return std::string(take_word("not") ? "is not" : "is");
    if (take_word("not") && take_word("in")) return std::string("not in");
    return unexpected();
  }

  Result<Done> ordering() {
    if (!take_word("by")) return unexpected();
    do {
      if (at_end() || is_symbol()) return unexpected();
      Ordering by{.field = lower(next())};
      by.descending = take_word("desc");
      if (!by.descending) take_word("asc");
      expression_.order_.push_back(std::move(by));
    } while (take(","));
    return Done{};
  }

  static NodePointer joined(Node::Type type, NodePointer left, NodePointer right) {
    auto node = std::make_unique<Node>();
    node->type = type;
    node->left = std::move(left);
    node->right = std::move(right);
    return node;
  }

  [[nodiscard]] bool at_end() const { return at_ == tokens_.size(); }
  [[nodiscard]] bool is(std::string_view symbol) const {
    return !at_end() && !tokens_[at_].quoted && tokens_[at_].text == symbol;
  }
  [[nodiscard]] bool is_word(std::string_view word) const {
    return !at_end() && !tokens_[at_].quoted && lower(tokens_[at_].text) == word;
  }
  [[nodiscard]] bool is_symbol() const {
    return !tokens_[at_].quoted && !tokens_[at_].text.empty() &&
           std::string_view("(),=!<>~").find(tokens_[at_].text[0]) != std::string_view::npos;
  }
  bool take(std::string_view symbol) {
    if (!is(symbol)) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    ++at_;
    return true;
  }
  std::string next() { return tokens_[at_++].text; }
  [[nodiscard]] Error unexpected() const {
    const std::string near = at_end() ? "the end" : "'" + tokens_[at_].text + "'";
    return {ErrorKind::Invalid, "Error in the query: unexpected " + near};
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  Expression expression_;
};

Result<QueryExpression> QueryExpression::parse(std::string_view text) {
  return QueryParser(text).parse();
}

bool QueryExpression::accepts(const Test& test) const {
  return root_ == nullptr || accepts(*root_, test);
}

bool QueryExpression::accepts(const Node& node, const Test& test) const {
  switch (node.type) {
    case Node::Type::And:
      return accepts(*node.left, test) && accepts(*node.right, test);
    case Node::Type::Or:
      return accepts(*node.left, test) || accepts(*node.right, test);
    case Node::Type::Not:
      return !accepts(*node.left, test);
    case Node::Type::Leaf:
      return test(conditions_[node.condition]);
  }
  return false;
}

std::optional<Instant> query_time(std::string_view text, Instant now, std::chrono::minutes zone) {
  const auto amount = text.empty() ? std::nullopt : whole_number(text.substr(0, text.size() - 1));
  if (amount) {
    constexpr std::array<std::pair<char, int>, 4> kUnits{
        {{'m', 1}, {'h', 60}, {'d', 1440}, {'w', 10080}}};
    for (const auto& [unit, minutes] : kUnits) {
      if (text.back() == unit) return now + std::chrono::minutes{*amount * minutes};
    }
    return std::nullopt;
  }
  std::string date(text);
  std::ranges::replace(date, '/', '-');
  if (date.size() == 16) date = date.replace(10, 1, "T") + ":00Z";
  const auto local = parse_rfc3339(date);
  if (!local) return std::nullopt;
  return *local - zone;
}

}  // namespace freshet::simulation
