#pragma once

#include <span>
#include <string>
#include <string_view>

namespace freshet::serving {

/// Says that there is no such `what` ("member"): with the known name that was most likely meant, or
/// with all of them.
std::string no_such(std::string_view what, std::string_view name,
                    std::span<const std::string_view> known);

/// `name` as one reference token of a JSON Pointer (RFC 6901), with the leading "/".
std::string pointer_to(std::string_view name);

}  // namespace freshet::serving
