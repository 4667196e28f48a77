#pragma once

#include <span>
#include <string>
#include <string_view>

namespace freshet::serving {

/// The known name that needs the fewest edits (Levenshtein) to become `name`. `known` must not be
/// empty.
std::string_view nearest_name(std::string_view name, std::span<const std::string_view> known);

/// `name` as one reference token of a JSON Pointer (RFC 6901), with the leading "/".
std::string pointer_to(std::string_view name);

}  // namespace freshet::serving
