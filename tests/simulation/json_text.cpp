#include "tests/simulation/json_text.h"

namespace freshet::simulation {

namespace {

void append_string(std::string& text, std::string_view string) {
  constexpr std::string_view kHex = "0123456789abcdef";
  text += '"';
  for (const char c : string) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += "\\u00";
      text += kHex[byte >> 4U];
      text += kHex[byte & 15U];
    } else {
      text += c;
    }
  }
  text += '"';
}

template <typename Members>
void append_members(std::string& text, const Members& members) {
  for (const Member& member : members) {
    if (text.back() != '{') text += ',';
    append_string(text, member.name);
    text += ':';
    text += member.value.text();
  }
  text += '}';
}

}  // namespace

Value::Value(std::string_view string) {
  text_.reserve(string.size() + 2);
  append_string(text_, string);
}

Value object(std::initializer_list<Member> members) {
  std::string text = "{";
  append_members(text, members);
  return Value::raw(std::move(text));
}

Value object(const std::vector<Member>& members) {
  std::string text = "{";
  append_members(text, members);
  return Value::raw(std::move(text));
}

Value extended(const Value& object, std::initializer_list<Member> members) {
  std::string text = object.text().substr(0, object.text().size() - 1);
  append_members(text, members);
  return Value::raw(std::move(text));
}

Value array(const std::vector<Value>& values) {
  std::string text = "[";
  for (const Value& value : values) {
    if (text.size() > 1) text += ',';
    text += value.text();
  }
  text += ']';
  return Value::raw(std::move(text));
}

}  // namespace freshet::simulation
