#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace freshet::simulation {

/// A JSON value as text. Written directly, because tens of thousands of runs build every page
/// again and a tree of values would cost ten times as much.
class Value {
 public:
  Value(std::nullptr_t) : text_("null") {}                               // NOLINT: reads as JSON
  Value(std::string_view string);                                        // NOLINT
  Value(const char* string) : Value(std::string_view(string)) {}         // NOLINT
  Value(const std::string& string) : Value(std::string_view(string)) {}  // NOLINT
  Value(std::same_as<bool> auto truth) : text_(truth ? "true" : "false") {}  // NOLINT
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Value(Number number)
      : text_(std::to_string(number)) {}  // NOLINT

  static Value raw(std::string json) {
    Value value(nullptr);
    value.text_ = std::move(json);
    return value;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct Member {
  std::string_view name;
  Value value;
};

Value object(std::initializer_list<Member> members);
Value object(const std::vector<Member>& members);
/// The members of both; for what only some answers carry.
Value extended(const Value& object, std::initializer_list<Member> members);
Value array(const std::vector<Value>& values);

}  // namespace freshet::simulation
