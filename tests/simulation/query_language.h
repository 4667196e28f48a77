#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace freshet::simulation {

/// One comparison of JQL or CQL: `updated >= 1700000000000`, `project in (A, B)`, `x is not EMPTY`.
struct Condition {
  std::string field;      ///< Lower case.
  std::string operation;  ///< = != > >= < <= ~ in "not in" is "is not"; lower case.
  std::vector<std::string> values;
};

struct Ordering {
  std::string field;
  bool descending = false;
};

/// What JQL and CQL have in common: conditions joined by AND, OR, NOT and parentheses, then ORDER
/// BY.
class QueryExpression {
 public:
  using Test = std::function<bool(const Condition&)>;

  /// Invalid with the vendor's kind of message.
  static Result<QueryExpression> parse(std::string_view text);

  /// No condition at all.
  [[nodiscard]] bool is_unbounded() const { return root_ == nullptr; }
  [[nodiscard]] bool accepts(const Test& test) const;
  [[nodiscard]] const std::vector<Condition>& conditions() const { return conditions_; }
  [[nodiscard]] const std::vector<Ordering>& order() const { return order_; }

 private:
  friend class QueryParser;
  struct Node {
    enum class Type { And, Or, Not, Leaf } type = Type::Leaf;
    std::size_t condition = 0;
    std::unique_ptr<Node> left;
    std::unique_ptr<Node> right;
  };
  [[nodiscard]] bool accepts(const Node& node, const Test& test) const;

  std::unique_ptr<Node> root_;
  std::vector<Condition> conditions_;
  std::vector<Ordering> order_;
};

/// "YYYY-MM-DD [HH:MM]" in that zone, or "-30m" (m, h, d, w) from now.
std::optional<Instant> query_time(std::string_view text, Instant now, std::chrono::minutes zone);

/// = != > >= < <= as the query has them.
template <typename Ordered>
bool compares(Ordered left, std::string_view operation, Ordered right) {
  if (operation == ">") return left > right;
  if (operation == ">=") return left >= right;
  if (operation == "<") return left < right;
  if (operation == "<=") return left <= right;
  return operation == "!=" ? left != right : left == right;
}

}  // namespace freshet::simulation
