#pragma once

// libjq's side of a value: for the sources of this folder that run jq, and for no header.
extern "C" {
#include <jv.h>
}

#include <bit>
#include <string_view>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

struct ValueAccess {
  static_assert(sizeof(jv) == sizeof(Value::Handle) && alignof(jv) <= alignof(Value::Handle));

  /// The value's own handle: copy it (jv_copy) before giving it to a function that takes ownership.
  static jv peek(const Value& value) { return std::bit_cast<jv>(value.handle_); }
  /// A counted handle of the value.
  static jv share(const Value& value) { return jv_copy(peek(value)); }
  /// Takes the handle over.
  static Value adopt(jv handle) { return Value(std::bit_cast<Value::Handle>(handle)); }
  static void replace(Value& value, jv handle) {
    value.handle_ = std::bit_cast<Value::Handle>(handle);
  }
};

/// Borrowed from the handle. Zero bytes inside are kept.
inline std::string_view text_of(jv text) {
  return {jv_string_value(text), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(text)))};
}

inline jv to_jq(std::string_view text) {
  return jv_string_sized(text.data(), static_cast<int>(text.size()));
}

}  // namespace freshet::sources::http_api
