#pragma once

#include <cstddef>
#include <string_view>

#include "sources/http_api/program_operators.h"

namespace freshet::sources::http_api {

/// What loops over the values of its arguments, which program.cpp does.
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

}  // namespace freshet::sources::http_api
