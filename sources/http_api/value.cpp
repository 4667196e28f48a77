#include "sources/http_api/value.h"

#include <algorithm>

#include "sources/http_api/jq_value.h"

namespace freshet::sources::http_api {
namespace {

jv peek(const Value& value) {
  return ValueAccess::peek(value);
}

bool is(const Value& value, jv_kind kind) {
  return jv_get_kind(peek(value)) == kind;
}

}  // namespace

Value::Value() : handle_(std::bit_cast<Handle>(jv_null())) {}
Value::Value(const Value& other) : handle_(std::bit_cast<Handle>(ValueAccess::share(other))) {}
Value::Value(Value&& other) noexcept : handle_(other.handle_) {
  ValueAccess::replace(other, jv_null());
}
Value& Value::operator=(const Value& other) {
  if (this != &other) *this = Value(other);
  return *this;
}
Value& Value::operator=(Value&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}
Value::~Value() {
  jv_free(peek(*this));
}

Value Value::text(std::string_view text) {
  return ValueAccess::adopt(to_jq(text));
}
Value Value::number(double number) {
  return ValueAccess::adopt(jv_number(number));
}
Value Value::boolean(bool value) {
  return ValueAccess::adopt(jv_bool(value ? 1 : 0));
}
Value Value::array(std::vector<Value> items) {
  jv array = jv_array_sized(static_cast<int>(items.size()));
  for (const Value& item : items) array = jv_array_append(array, ValueAccess::share(item));
  return ValueAccess::adopt(array);
}
Value Value::object(std::vector<std::pair<std::string, Value>> members) {
  Value object = ValueAccess::adopt(jv_object());
  for (auto& [key, value] : members) object.set(key, std::move(value));
  return object;
}

bool Value::is_null() const {
  return is(*this, JV_KIND_NULL);
}
bool Value::is_boolean() const {
  return is(*this, JV_KIND_TRUE) || is(*this, JV_KIND_FALSE);
}
bool Value::is_number() const {
  return is(*this, JV_KIND_NUMBER);
}
bool Value::is_text() const {
  return is(*this, JV_KIND_STRING);
}
bool Value::is_array() const {
  return is(*this, JV_KIND_ARRAY);
}
bool Value::is_object() const {
  return is(*this, JV_KIND_OBJECT);
}
bool Value::truthy() const {
  return !is_null() && !is(*this, JV_KIND_FALSE);
}

std::optional<double> Value::as_number() const {
  if (!is_number()) return std::nullopt;
  return jv_number_value(peek(*this));
}

std::size_t Value::size() const {
  if (is_array()) return static_cast<std::size_t>(jv_array_length(ValueAccess::share(*this)));
  if (is_object()) return static_cast<std::size_t>(jv_object_length(ValueAccess::share(*this)));
  return 0;
}

Value Value::at(std::size_t index) const {
  if (!is_array() || index >= size()) return {};
  return ValueAccess::adopt(jv_array_get(ValueAccess::share(*this), static_cast<int>(index)));
}

bool Value::has(std::string_view key) const {
  return is_object() && jv_object_has(ValueAccess::share(*this), to_jq(key)) != 0;
}

Value Value::get(std::string_view key) const {
  if (!is_object()) return {};
  const jv found = jv_object_get(ValueAccess::share(*this), to_jq(key));
  return jv_is_valid(found) != 0 ? ValueAccess::adopt(found) : Value{};
}

void Value::set(std::string_view key, Value value) {
  if (!is_object()) *this = object();
  const jv changed = jv_object_set(peek(*this), to_jq(key), ValueAccess::share(value));
  ValueAccess::replace(*this, changed);
}

void Value::append(Value value) {
  if (!is_array()) *this = array();
  ValueAccess::replace(*this, jv_array_append(peek(*this), ValueAccess::share(value)));
}

std::vector<std::string> Value::keys() const {
  std::vector<std::string> keys;
  if (!is_object()) return keys;
  const jv object = peek(*this);
  for (int at = jv_object_iter(object); jv_object_iter_valid(object, at) != 0;
       at = jv_object_iter_next(object, at)) {
    const Value key = ValueAccess::adopt(jv_object_iter_key(object, at));
    keys.emplace_back(text_of(peek(key)));
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

bool Value::operator==(const Value& other) const {
  return jv_equal(ValueAccess::share(*this), ValueAccess::share(other)) != 0;
}

}  // namespace freshet::sources::http_api
