#include "sources/http_api/value.h"

#include <algorithm>
#include <new>

#include "base/utf8.h"
#include "sources/http_api/value_nodes.h"

namespace freshet::sources::http_api {

Value::Text* Value::Text::create(std::string_view written) {
  void* const memory = ::operator new(sizeof(Text) + written.size());
  Text* const text = ::new (memory) Text;
  text->size = written.size();
  std::copy(written.begin(), written.end(), reinterpret_cast<char*>(text + 1));
  return text;
}

void Value::Text::destroy(Text* text) {
  text->~Text();
  ::operator delete(text);
}

Value* Value::Members::find(std::string_view name) {
  if (!places_.empty()) {
    const auto place = places_.find(name);
    return place == places_.end() ? nullptr : &members[place->second].value;
  }
  for (Member& member : members) {
    if (member.name.as_text() == name) return &member.value;
  }
  return nullptr;
}

void Value::Members::add(Value name, Value value) {
  members.push_back({std::move(name), std::move(value)});
  if (members.size() <= kFew) return;
  for (std::size_t place = places_.size(); place < members.size(); ++place) remember(place);
}

void Value::Members::remember(std::size_t place) {
  places_.emplace(members[place].name.as_text(), place);
}

Value::Value(const Value& other) : type_(other.type_), content_(other.content_) {
  if (is_shared()) ++content_.shared->references;
}

Value::Value(Value&& other) noexcept : type_(other.type_), content_(other.content_) {
  other.type_ = Type::Null;
}

Value& Value::operator=(const Value& other) {
  if (this != &other) *this = Value(other);
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  std::swap(type_, other.type_);
  std::swap(content_, other.content_);
  return *this;
}

Value::~Value() {
  if (!is_shared() || --content_.shared->references > 0) return;
  switch (type_) {
    case Type::Text:
      Text::destroy(static_cast<Text*>(content_.shared));
      break;
    case Type::Array:
      delete static_cast<Items*>(content_.shared);
      break;
    default:
      delete static_cast<Members*>(content_.shared);
  }
}

Value Value::text(std::string_view text) {
  return ValueBuilder::text(is_valid_utf8(text) ? text : to_valid_utf8(text));
}

Value Value::number(double number) {
  Value value;
  value.type_ = Type::Number;
  value.content_.number = number;
  return value;
}

Value Value::boolean(bool flag) {
  Value value;
  value.type_ = Type::Boolean;
  value.content_.flag = flag;
  return value;
}

Value Value::array(std::vector<Value> items) {
  return ValueBuilder::array(std::move(items));
}

Value Value::object(std::vector<std::pair<std::string, Value>> members) {
  Value object(Type::Object, new Members);
  for (auto& [key, value] : members) object.set(key, std::move(value));
  return object;
}

std::optional<double> Value::as_number() const {
  return is_number() ? std::optional(content_.number) : std::nullopt;
}

std::string_view Value::as_text() const {
  return is_text() ? static_cast<Text*>(content_.shared)->view() : std::string_view();
}

std::span<const Value> Value::items() const {
  if (!is_array()) return {};
  return static_cast<Items*>(content_.shared)->items;
}

std::span<const Value::Member> Value::members() const {
  if (!is_object()) return {};
  return static_cast<Members*>(content_.shared)->members;
}

std::size_t Value::size() const {
  return is_array() ? items().size() : members().size();
}

Value Value::at(std::size_t index) const {
  return index < items().size() ? items()[index] : Value();
}

const Value* Value::find(std::string_view key) const {
  return is_object() ? static_cast<Members*>(content_.shared)->find(key) : nullptr;
}

Value Value::get(std::string_view key) const {
  const Value* const found = find(key);
  return found == nullptr ? Value() : *found;
}

/// The elements for changing: copied first where others share them.
Value::Items& Value::own_items() {
  if (!is_array()) *this = array();
  if (content_.shared->references > 1) *this = array({items().begin(), items().end()});
  return *static_cast<Items*>(content_.shared);
}

Value::Members& Value::own_members() {
  if (!is_object()) *this = object();
  if (content_.shared->references > 1) {
    Value copy = object();
    auto& own = *static_cast<Members*>(copy.content_.shared);
    own.members.reserve(size() + 1);
    for (const Member& member : members()) own.add(member.name, member.value);
    *this = std::move(copy);
  }
  return *static_cast<Members*>(content_.shared);
}

void Value::set(std::string_view key, Value value) {
  if (Value* const found = own_members().find(key)) {
    *found = std::move(value);
  } else {
    own_members().add(text(key), std::move(value));
  }
}

void Value::set(const Value& name, Value value) {
  if (Value* const found = own_members().find(name.as_text())) {
    *found = std::move(value);
  } else {
    own_members().add(name, std::move(value));
  }
}

void Value::append(Value value) {
  own_items().items.push_back(std::move(value));
}

std::vector<std::string> Value::keys() const {
  std::vector<std::string> keys;
  for (const Member& member : members()) keys.emplace_back(member.name.as_text());
  std::sort(keys.begin(), keys.end());
  return keys;
}

bool Value::same_as(const Value& other) const {
  if (type_ != other.type_) return false;
  if (is_shared()) return content_.shared == other.content_.shared;
  return is_null() || *this == other;
}

bool Value::operator==(const Value& other) const {
  if (type_ != other.type_) return false;
  if (is_shared() && content_.shared == other.content_.shared) return true;
  switch (type_) {
    case Type::Null:
      return true;
    case Type::Boolean:
      return content_.flag == other.content_.flag;
    case Type::Number:
      return content_.number == other.content_.number;
    case Type::Text:
      return as_text() == other.as_text();
    case Type::Array:
      return std::equal(items().begin(), items().end(), other.items().begin(), other.items().end());
    case Type::Object:
      break;
  }
  const auto is_in_other = [&](const Member& member) {
    const Value* const found = other.find(member.name.as_text());
    return found != nullptr && *found == member.value;
  };
  return size() == other.size() && std::all_of(members().begin(), members().end(), is_in_other);
}

}  // namespace freshet::sources::http_api
