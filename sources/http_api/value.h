#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace freshet::sources::http_api {

/// A JSON value: what a response holds and what an expression gives. Numbers are doubles, as in jq.
/// Cheap to copy (shared, copy on write). One thread at a time uses a value and its copies: their
/// counts are not atomic. Text is always valid UTF-8; malformed bytes become U+FFFD.
class Value {
 public:
  struct Member;

  Value() = default;  ///< null
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  /// Exactly one JSON text (RFC 8259, no byte order mark, depth up to 512); of a repeated key the
  /// last value stands. Integers beyond 2^53 become text so that no digit is lost. Invalid says
  /// what is wrong and, where it is known, at which byte.
  static Result<Value> parse(std::string_view json);
  static Value text(std::string_view text);
  static Value number(double number);
  static Value boolean(bool value);
  static Value array(std::vector<Value> items = {});
  static Value object(std::vector<std::pair<std::string, Value>> members = {});

  [[nodiscard]] bool is_null() const { return type_ == Type::Null; }
  [[nodiscard]] bool is_boolean() const { return type_ == Type::Boolean; }
  [[nodiscard]] bool is_number() const { return type_ == Type::Number; }
  [[nodiscard]] bool is_text() const { return type_ == Type::Text; }
  [[nodiscard]] bool is_array() const { return type_ == Type::Array; }
  [[nodiscard]] bool is_object() const { return type_ == Type::Object; }
  /// Neither null nor false, as in jq.
  [[nodiscard]] bool truthy() const { return type_ != Type::Null && !is_false(); }
  /// Text as it is, a number or boolean in its JSON form (integers up to 2^53 without ".0" or
  /// exponent); nothing for null, NaN, arrays and objects.
  [[nodiscard]] std::optional<std::string> scalar() const;
  [[nodiscard]] std::optional<double> as_number() const;
  /// "" for anything that is no text. Lives as long as the value and is not changed.
  [[nodiscard]] std::string_view as_text() const;
  /// Of an array or object; else 0.
  [[nodiscard]] std::size_t size() const;
  /// Of an array; else none. Lives as long as the value and is not changed.
  [[nodiscard]] std::span<const Value> items() const;
  /// Of an object, in the order in which they were set; else none. Lives as items() does.
  [[nodiscard]] std::span<const Member> members() const;
  /// Null beyond the end.
  [[nodiscard]] Value at(std::size_t index) const;
  /// Null where there is no such member.
  [[nodiscard]] Value get(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
  /// nullptr where there is no such member. Lives as items() does.
  [[nodiscard]] const Value* find(std::string_view key) const;
  /// Makes anything that is no object an empty one first.
  void set(std::string_view key, Value value);
  /// The same with a name that is a text value: it is shared.
  void set(const Value& name, Value value);
  /// Makes anything that is no array an empty one first.
  void append(Value value);
  /// Of an object, in byte order.
  [[nodiscard]] std::vector<std::string> keys() const;
  /// One line, keys in byte order: equal values give equal texts. NaN is null.
  [[nodiscard]] std::string to_json() const;
  bool operator==(const Value& other) const;
  /// Whether both are one value in memory, which says that they are equal at no cost.
  [[nodiscard]] bool same_as(const Value& other) const;

 private:
  friend class ValueBuilder;
  enum class Type : std::uint8_t { Null, Boolean, Number, Text, Array, Object };
  struct Shared;
  struct Text;
  struct Items;
  struct Members;

  [[nodiscard]] bool is_false() const { return is_boolean() && !content_.flag; }
  [[nodiscard]] bool is_shared() const { return type_ >= Type::Text; }
  Value(Type type, Shared* shared) : type_(type), content_{.shared = shared} {}
  [[nodiscard]] Items& own_items();
  [[nodiscard]] Members& own_members();

  Type type_ = Type::Null;
  union {
    bool flag;
    double number;
    Shared* shared;
  } content_{};
};

struct Value::Member {
  Value name;  ///< A text; equal names of one response are the same value.
  Value value;
};

}  // namespace freshet::sources::http_api
