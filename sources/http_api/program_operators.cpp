#include "sources/http_api/program_operators.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kManyPairs = 1'000'000;
constexpr std::size_t kManyNodes = 10'000;
constexpr double kPlainNumbers = 1e15;  ///< Integers below are written alike by all.

bool is_nan(const Value& value) {
  return value.is_number() && std::isnan(*value.as_number());
}

template <bool kSwapped, bool kNegated>
Computed ordered(const Value& left, const Value& right) {
  if (!is_ordered(left) || !is_ordered(right)) return Step::Unsure;
  const bool less = kSwapped ? is_less(right, left) : is_less(left, right);
  return Value::boolean(less != kNegated);
}

/// Whether it has few nodes and no NaN. Shared parts count each time: comparing looks at each.
bool is_light(const Value& value, std::size_t& nodes) {
  if (++nodes > kManyNodes || is_nan(value)) return false;
  const auto fits = [&](const Value& item) { return is_light(item, nodes); };
  return std::all_of(value.items().begin(), value.items().end(), fits) &&
         std::all_of(value.members().begin(), value.members().end(),
                     [&](const Value::Member& member) { return fits(member.value); });
}

template <bool kEqual>
Computed equal(const Value& left, const Value& right) {
  std::size_t nodes = 0;
  if (!is_light(left, nodes) || !is_light(right, nodes)) return Step::Unsure;
  return Value::boolean((left == right) == kEqual);
}

Computed merged(Value left, const Value& right) {
  for (const Value::Member& member : right.members()) left.set(member.name, member.value);
  return left;
}

Computed joined(Value left, const Value& right) {
  const Value kept = right;
  for (const Value& item : kept.items()) left.append(item);
  return left;
}

Computed plus(const Value& left, const Value& right) {
  return sum(left, right);
}

Computed difference(const Value& left, const Value& right) {
  if (left.is_number() && right.is_number())
    return Value::number(*left.as_number() - *right.as_number());
  if (!left.is_array() || !right.is_array()) return Step::Fail;
  if (left.size() * right.size() > kManyPairs) return Step::Unsure;
  std::vector<Value> items;
  for (const Value& item : left.items()) {
    const auto taken = right.items();
    if (std::find(taken.begin(), taken.end(), item) == taken.end()) items.push_back(item);
  }
  return Value::array(std::move(items));
}

Computed product(const Value& left, const Value& right) {
  if (!left.is_number() || !right.is_number()) return Step::Unsure;
  return Value::number(*left.as_number() * *right.as_number());
}

Computed quotient(const Value& left, const Value& right) {
  if (!left.is_number() || !right.is_number() || *right.as_number() == 0) return Step::Unsure;
  return Value::number(*left.as_number() / *right.as_number());
}

constexpr std::array kOperators{
    Operator{"==", Precedence::Comparison, equal<true>},
    Operator{"!=", Precedence::Comparison, equal<false>},
    Operator{"<", Precedence::Comparison, ordered<false, false>},
    Operator{">", Precedence::Comparison, ordered<true, false>},
    Operator{">=", Precedence::Comparison, ordered<false, true>},
    Operator{"<=", Precedence::Comparison, ordered<true, true>},
    Operator{"+", Precedence::Sum, plus},
    Operator{"-", Precedence::Sum, difference},
    Operator{"*", Precedence::Product, product},
    Operator{"/", Precedence::Product, quotient},
};

}  // namespace

bool is_plain_integer(const Value& value) {
  const double number = value.as_number().value_or(0.5);
  return std::abs(number) < kPlainNumbers && number == std::trunc(number) &&
         !(number == 0 && std::signbit(number));
}

int rank(const Value& value) {
  if (value.is_null()) return 0;
  if (value.is_boolean()) return value.truthy() ? 2 : 1;
  if (value.is_number()) return 3;
  if (value.is_text()) return 4;
  return value.is_array() ? 5 : 6;
}

bool is_ordered(const Value& value) {
  return rank(value) < 5 && !is_nan(value);
}

bool is_less(const Value& left, const Value& right) {
  if (rank(left) != rank(right)) return rank(left) < rank(right);
  if (left.is_number()) return *left.as_number() < *right.as_number();
  return left.as_text() < right.as_text();
}

Computed sum(Value left, const Value& right) {
  if (left.is_null()) return right;
  if (right.is_null()) return left;
  if (left.is_number() && right.is_number())
    return Value::number(*left.as_number() + *right.as_number());
  if (left.is_text() && right.is_text()) {
    if (left.as_text().size() + right.as_text().size() > kLongestText) return Step::Unsure;
    return Value::text(std::string(left.as_text()).append(right.as_text()));
  }
  if (left.is_array() && right.is_array()) return joined(std::move(left), right);
  if (left.is_object() && right.is_object()) return merged(std::move(left), right);
  return Step::Fail;
}

const Operator* operator_named(std::string_view symbol) {
  const auto* const found =
      std::find_if(kOperators.begin(), kOperators.end(),
                   [&](const Operator& operation) { return operation.symbol == symbol; });
  return found == kOperators.end() ? nullptr : found;
}

Computed index_into(const Value& value, const Value& key) {
  if (key.is_text()) {
    if (value.is_object()) return value.get(key.as_text());
    return value.is_null() ? Computed(Value()) : Step::Fail;
  }
  if (!is_plain_integer(key)) return Step::Unsure;
  if (value.is_null()) return Value();
  if (!value.is_array()) return Step::Fail;
  const double index = *key.as_number();
  const double at = index < 0 ? index + static_cast<double>(value.size()) : index;
  return at < 0 ? Value() : value.at(static_cast<std::size_t>(at));
}

Computed text_form(const Value& value) {
  if (value.is_text()) return value;
  const bool plain = value.is_null() || value.is_boolean() || is_plain_integer(value);
  if (!plain) return Step::Unsure;
  return Value::text(value.is_null() ? "null" : *value.scalar());
}

}  // namespace freshet::sources::http_api
