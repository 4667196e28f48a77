#pragma once

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// A value on its way through the filters of a template.
struct Filtered {
  Value value;
  Value now;  ///< The template's `now`, which relative times count from; null where there is none.
  /// What tz moved the time by: fmt right behind it writes that local time. Zero anywhere else.
  std::chrono::minutes offset{0};
};

using Arguments = std::vector<std::string>;

/// What the arguments of a filter are.
enum class ArgumentKind {
  Text,
  Path,  ///< A path such as config.key, which may be a secret; the filter is given its text.
};

/// One filter of templates. The documentation is made from these.
struct Filter {
  std::string_view name;
  std::size_t least;         ///< Arguments it needs.
  std::size_t most;          ///< Arguments it takes.
  std::string_view form;     ///< How it is written, "split:SEPARATOR".
  std::string_view meaning;  ///< One sentence.
  /// Invalid, without the value in the message, where the value or an argument does not fit.
  Result<Filtered> (*apply)(const Filtered& input, const Arguments& arguments);
  ArgumentKind arguments = ArgumentKind::Text;
  /// What can be said of the arguments before there is a value; null: nothing.
  Result<Done> (*check)(const Arguments& arguments) = nullptr;
};

/// All there are.
std::span<const Filter> filters();

}  // namespace freshet::sources::http_api
