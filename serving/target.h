#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace freshet::serving {

/// A request target taken apart and percent-decoded (RFC 3986). A "%2F" inside a segment stays
/// inside it.
struct Target {
  std::vector<std::string> segments;  ///< "/v1/documents/a%3Ab" is {"v1", "documents", "a:b"}.
  std::vector<std::pair<std::string, std::string>>
      parameters;  ///< In the order sent; "+" is a space.
};

/// Invalid for anything but an absolute path with an optional query: bad escapes, a whole URL (we
/// are no proxy), "*", more than 64 parameters.
Result<Target> parse_target(std::string_view text);

}  // namespace freshet::serving
