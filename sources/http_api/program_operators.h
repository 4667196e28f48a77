#pragma once

#include <string_view>
#include <utility>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// How a step of a program went.
enum class Step {
  Go,       ///< There is a value.
  Stop,     ///< Nobody wants more.
  Fail,     ///< jq fails here: `?` catches it.
  Unsure,   ///< What jq would say is not known for certain.
  TooMuch,  ///< More than a program may compute.
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

/// `left + right`.
Computed sum(const Value& left, const Value& right);

}  // namespace freshet::sources::http_api
