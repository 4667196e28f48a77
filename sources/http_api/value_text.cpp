// How values are written: as scalars and as JSON.
#include <array>
#include <charconv>
#include <cmath>

#include "sources/http_api/jq_value.h"
#include "sources/http_api/value.h"

namespace freshet::sources::http_api {
namespace {

constexpr double kExactIntegers = 9007199254740992.0;  // 2^53

std::string number_text(double number) {
  if (std::isnan(number)) return "null";
  // JSON has no infinity; jq writes the greatest double too.
  if (std::isinf(number)) number = std::copysign(1.7976931348623157e308, number);
  std::array<char, 40> text{};
  char* const end = text.data() + text.size();
  const bool whole = std::abs(number) <= kExactIntegers && number == std::trunc(number);
  const auto written = whole ? std::to_chars(text.data(), end, static_cast<long long>(number))
                             : std::to_chars(text.data(), end, number);
  return {text.data(), written.ptr};
}

void write_text(std::string& out, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (static_cast<unsigned char>(c) < 0x20) {
      const auto byte = static_cast<unsigned char>(c);
      out += {'\\', 'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(std::string& out, const Value& value);

void write_array(std::string& out, const Value& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ',';
    write(out, array.at(i));
  }
  out += ']';
}

void write_object(std::string& out, const Value& object) {
  char separator = '{';
  for (const std::string& key : object.keys()) {
    out += separator;
    write_text(out, key);
    out += ':';
    write(out, object.get(key));
    separator = ',';
  }
  out += separator == '{' ? "{}" : "}";
}

void write(std::string& out, const Value& value) {
  if (value.is_array()) return write_array(out, value);
  if (value.is_object()) return write_object(out, value);
  if (value.is_text()) return write_text(out, text_of(ValueAccess::peek(value)));
  out += value.scalar().value_or("null");
}

}  // namespace

std::optional<std::string> Value::scalar() const {
  if (is_text()) return std::string(text_of(ValueAccess::peek(*this)));
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
