#pragma once

#include <string>
#include <string_view>

namespace freshet {

/// Base64 (RFC 4648, section 4) with padding.
std::string base64(std::string_view bytes);

/// The alphabet for addresses and file names (section 5), without padding.
std::string base64url(std::string_view bytes);

}  // namespace freshet
