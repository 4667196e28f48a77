#pragma once

#include <cstddef>
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

/// What loops over the values of its arguments, which program_run.cpp does.
enum class Form {
  Plain,   ///< Of the input alone.
  Of,      ///< Of the input and one value of its argument.
  Keep,    ///< The input if it is of a type: strings, objects …
  Empty,   ///< empty
  Error,   ///< error, error(message)
  Select,  ///< select(f)
  Map,     ///< map(f)
  Any,     ///< any, any(f), any(g; f)
  All,     ///< all, all(f), all(g; f)
  First,   ///< first(f)
};

/// A function of jq's, by name and number of arguments.
struct Function {
  std::string_view name;
  std::size_t arguments;
  Form form;
  Computed (*apply)(const Value& input, const Value& argument) = nullptr;  ///< Plain and Of.
};

/// nullptr where jq must compute it.
const Function* function_named(std::string_view name, std::size_t arguments);

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

}  // namespace freshet::sources::http_api
