#pragma once

#include <string>
#include <string_view>

namespace freshet {

/// RFC 3986: every byte becomes %XX except letters, digits, "-._~" and those of `kept`.
std::string percent_encode(std::string_view text, std::string_view kept = "");

}  // namespace freshet
