#pragma once

// What values are made of. For value*.cpp alone.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sources/http_api/value.h"

namespace freshet::sources::http_api {

/// Integers up to 2^53 are exact as doubles, in both directions.
inline constexpr std::int64_t kExactIntegers = std::int64_t{1} << 53U;

struct Value::Shared {
  std::size_t references = 1;
};

/// The bytes stand right behind it: most values of an answer are texts, and this halves what they
/// ask of the heap.
struct Value::Text : Shared {
  static Text* create(std::string_view written);
  static void destroy(Text* text);
  [[nodiscard]] std::string_view view() const {
    return {reinterpret_cast<const char*>(this + 1), size};
  }

  std::size_t size = 0;
};

struct Value::Items : Shared {
  std::vector<Value> items;
};

/// Few members are looked for one by one, many by a table.
struct Value::Members : Shared {
  static constexpr std::size_t kFew = 48;

  [[nodiscard]] Value* find(std::string_view name);
  /// `name` is a text and no member yet.
  void add(Value name, Value value);

  std::vector<Member> members;

 private:
  void remember(std::size_t place);

  std::unordered_map<std::string_view, std::size_t> places_;  ///< Empty while they are few.
};

/// Makes the values of one JSON text, whose strings are known to be valid UTF-8. Records repeat
/// their names: each is copied once.
class ValueBuilder {
 public:
  static Value text(std::string_view valid) {
    return {Value::Type::Text, Value::Text::create(valid)};
  }
  static Value array(std::vector<Value> items);
  /// Of a name given twice the last value stands.
  class Object {
   public:
    explicit Object(std::size_t members);
    void set(const Value& name, Value value);
    Value finish() { return std::move(object_); }

   private:
    Value object_;
  };
  Value name(std::string_view text);

 private:
  std::unordered_map<std::string_view, Value> names_;
};

}  // namespace freshet::sources::http_api
