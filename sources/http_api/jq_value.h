#pragma once

// The way to libjq's values and back: for the sources of this folder that run jq, and for no
// header.
extern "C" {
#include <jv.h>
}

#include <string_view>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// A copy for jq, counted once.
jv to_jq(const Value& value);

inline jv to_jq(std::string_view text) {
  return jv_string_sized(text.data(), static_cast<int>(text.size()));
}

/// Takes the handle over.
Value from_jq(jv handle);

}  // namespace freshet::sources::http_api
