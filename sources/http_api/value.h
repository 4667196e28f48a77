#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace freshet::sources::http_api {

/// A JSON value as jq computes with it: what a response holds and what an expression gives. Cheap
/// to copy (shared, copy on write). One thread at a time uses a value and its copies: their counts
/// are not atomic. Text is always valid UTF-8; malformed bytes become U+FFFD.
class Value {
 public:
  Value();  ///< null
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  /// Exactly one JSON text (RFC 8259, no byte order mark, depth up to 512); of a repeated key the
  /// last value stands. Integers beyond 2^53 become text so that no digit is lost: jq's numbers are
  /// doubles. Invalid says what is wrong and, where it is known, at which byte.
  static Result<Value> parse(std::string_view json);
  static Value text(std::string_view text);
  static Value number(double number);
  static Value boolean(bool value);
  static Value array(std::vector<Value> items = {});
  static Value object(std::vector<std::pair<std::string, Value>> members = {});

  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_boolean() const;
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_object() const;
  /// Neither null nor false, as in jq.
  [[nodiscard]] bool truthy() const;
  /// Text as it is, a number or boolean in its JSON form (integers up to 2^53 without ".0" or
  /// exponent); nothing for null, NaN, arrays and objects.
  [[nodiscard]] std::optional<std::string> scalar() const;
  [[nodiscard]] std::optional<double> as_number() const;
  /// Of an array or object; else 0.
  [[nodiscard]] std::size_t size() const;
  /// Null beyond the end.
  [[nodiscard]] Value at(std::size_t index) const;
  /// Null where there is no such member.
  [[nodiscard]] Value get(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// Makes anything that is no object an empty one first.
  void set(std::string_view key, Value value);
  /// Makes anything that is no array an empty one first.
  void append(Value value);
  /// Of an object, in byte order.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// One line, keys in byte order: equal values give equal texts. NaN is null.
  [[nodiscard]] std::string to_json() const;
  bool operator==(const Value& other) const;

 private:
  friend struct ValueAccess;
  /// libjq's handle, whose header stays out of this one. 16 bytes, which value.cpp checks.
  struct alignas(8) Handle {
    std::array<std::byte, 16> bytes;
  };
  explicit Value(Handle handle) : handle_(handle) {}

  Handle handle_;
};

}  // namespace freshet::sources::http_api
