#pragma once

#include <span>
#include <string>
#include <string_view>

namespace freshet::sources::http_api {

/// What to say of a name that is none of the known ones: `"expct", which is none of name, expect;
/// did you mean "expect"?`.
std::string not_among(std::string_view written, std::span<const std::string_view> known);

}  // namespace freshet::sources::http_api
