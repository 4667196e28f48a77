// How values are written: as scalars and as JSON.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/json_text.h"
#include "sources/http_api/value_nodes.h"

namespace freshet::sources::http_api {
namespace {

std::string number_text(double number) {
  if (std::isnan(number)) return "null";
  // JSON has no infinity; jq writes the greatest double too.
  if (std::isinf(number)) number = std::copysign(1.7976931348623157e308, number);
  std::array<char, 40> text{};
  char* const end = text.data() + text.size();
  const bool whole =
      std::abs(number) <= static_cast<double>(kExactIntegers) && number == std::trunc(number);
  const auto written = whole ? std::to_chars(text.data(), end, static_cast<long long>(number))
                             : std::to_chars(text.data(), end, number);
  return {text.data(), written.ptr};
}

void write(std::string& out, const Value& value);

void write_array(std::string& out, const Value& array) {
  char separator = '[';
  for (const Value& item : array.items()) {
    out += separator;
    write(out, item);
    separator = ',';
  }
  out += separator == '[' ? "[]" : "]";
}

void write_object(std::string& out, const Value& object) {
  std::vector<const Value::Member*> sorted;
  for (const Value::Member& member : object.members()) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(), [](const auto* one, const auto* other) {
    return one->name.as_text() < other->name.as_text();
  });
  char separator = '{';
  for (const Value::Member* member : sorted) {
    out += separator;
    append_json_text(out, member->name.as_text());
    out += ':';
    write(out, member->value);
    separator = ',';
  }
  out += separator == '{' ? "{}" : "}";
}

void write(std::string& out, const Value& value) {
  if (value.is_array()) return write_array(out, value);
  if (value.is_object()) return write_object(out, value);
  if (value.is_text()) return append_json_text(out, value.as_text());
  out += value.scalar().value_or("null");
}

}  // namespace

std::optional<std::string> Value::scalar() const {
  if (is_text()) return std::string(as_text());
  if (is_boolean()) return truthy() ? "true" : "false";
  const auto number = as_number();
  if (!number || std::isnan(*number)) return std::nullopt;
  return number_text(*number);
}

std::string Value::to_json() const {
  std::string out;
  write(out, *this);
  return out;
}

}  // namespace freshet::sources::http_api
