#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::http {

/// What `reference`, absolute or relative, means on the page `base` (RFC 3986, section 5). Invalid
/// when either cannot be read.
Result<std::string> resolve_url(std::string_view base, std::string_view reference);

/// Scheme, host and port in a comparable form, e.g. "https://docs.example:443". Empty for what is
/// no http or https address.
std::string origin_of(std::string_view url);

/// Path and query as they are written; empty for an address that ends with its host.
std::string_view target_of(std::string_view url);

}  // namespace freshet::http
