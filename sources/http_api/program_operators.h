#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// How a step of a program went.
enum class Step {
  Go,      ///< All went well, and more may come.
  Stop,    ///< Nobody wants more.
  Fail,    ///< jq fails here: `?` catches it.
  Unsure,  ///< What jq would say is not known for certain, or takes more work than is done here.
};

/// A value, or why there is none.
struct Computed {
  Computed(Value computed) : value(std::move(computed)) {}  // NOLINT(google-explicit-constructor)
  Computed(Step reason) : step(reason) {}                   // NOLINT(google-explicit-constructor)
  Step step = Step::Go;
  Value value;
};

enum class Precedence { Comparison, Sum, Product };

struct Operator {
  std::string_view symbol;
  Precedence precedence;
  Computed (*apply)(const Value& left, const Value& right);
};

/// nullptr for anything else.
const Operator* operator_named(std::string_view symbol);

/// `value[key]`.
Computed index_into(const Value& value, const Value& key);

/// As `tostring`.
Computed text_form(const Value& value);

/// Whether a number is an integer that everything writes alike.
bool is_plain_integer(const Value& value);

/// jq's order of types: null, false, true, numbers, texts, arrays, objects.
int rank(const Value& value);

/// Arrays, objects and NaN have orders of their own in jq, which nothing needs.
bool is_ordered(const Value& value);
/// Of values that are ordered.
bool is_less(const Value& left, const Value& right);

/// `left + right`; in place where nothing else holds `left`.
Computed sum(Value left, const Value& right);

/// Where a text gets as long as that, jq's own bound on memory is the judge.
inline constexpr std::size_t kLongestText = std::size_t{1} << 24U;

}  // namespace freshet::sources::http_api
