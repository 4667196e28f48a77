// How values are read from JSON.
#include <algorithm>
#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>
#include <simdjson.h>

#include "sources/http_api/value.h"
#include "sources/http_api/value_nodes.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMaxDepth = 512;
constexpr std::size_t kSmall = std::size_t{1} << 18U;

Value convert_integer(std::int64_t integer) {
  const bool exact = integer >= -kExactIntegers && integer <= kExactIntegers;
  return exact ? Value::number(static_cast<double>(integer)) : Value::text(std::to_string(integer));
}

/// From simdjson's document to ours.
class Converter {
 public:
  Value convert(const simdjson::dom::element& element) {
    using simdjson::dom::element_type;
    switch (element.type()) {
      case element_type::ARRAY:
        return array(element);
      case element_type::OBJECT:
        return object(element);
      case element_type::INT64:
        return convert_integer(element.get_int64().value_unsafe());
      case element_type::UINT64:  // Only what does not fit in INT64.
        return Value::text(std::to_string(element.get_uint64().value_unsafe()));
      case element_type::DOUBLE:
        return Value::number(element.get_double().value_unsafe());
      case element_type::STRING:
        return ValueBuilder::text(element.get_string().value_unsafe());
      case element_type::BOOL:
        return Value::boolean(element.get_bool().value_unsafe());
      case element_type::NULL_VALUE:
        break;
    }
    return {};
  }

 private:
  Value array(const simdjson::dom::array& elements) {
    std::vector<Value> items;
    items.reserve(elements.size());
    for (const auto element : elements) items.push_back(convert(element));
    return Value::array(std::move(items));
  }

  Value object(const simdjson::dom::object& members) {
    ValueBuilder::Object object(members.size());
    for (const auto member : members) object.set(builder_.name(member.key), convert(member.value));
    return object.finish();
  }

  ValueBuilder builder_;
};

/// simdjson does not say where; reading once more with the slower parser does.
Error not_json(std::string_view text, simdjson::error_code code) {
  std::string where;
  if (text.starts_with("\xEF\xBB\xBF")) {
    where = " at byte 1 (a byte order mark)";
  } else {
    try {
      const auto parsed = nlohmann::json::parse(text);
      where = parsed.is_discarded() ? " at its start" : "";
    } catch (const nlohmann::json::parse_error& error) {
      where = " at byte " + std::to_string(error.byte);
    } catch (const nlohmann::json::exception&) {
      where = "";  // A number out of range: simdjson's words say so.
    }
  }
  return {ErrorKind::Invalid,
          "not valid JSON" + where + ": " + std::string(simdjson::error_message(code))};
}

/// The end of the string that starts at `at` (an opening quote).
std::size_t behind_string(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at + 1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_integer(std::string_view token) {
  if (token[0] == '-') token.remove_prefix(1);
  return token[0] != '0' && std::all_of(token.begin(), token.end(), is_digit);
}

/// The same JSON with integers of more than 18 digits in quotes, which simdjson would refuse from
/// 2^64 on.
std::string with_quoted_integers(std::string_view json) {
  constexpr std::size_t kLongest = 18;
  std::string out;
  out.reserve(json.size() + 16);
  std::size_t at = 0;
  while (at < json.size()) {
    auto end = at + 1;
    if (json[at] == '"') {
      end = std::min(behind_string(json, at), json.size());
    } else if (json[at] == '-' || is_digit(json[at])) {
      end = std::min(json.find_first_not_of("0123456789+-.eE", at), json.size());
    }
    const auto token = json.substr(at, end - at);
    const bool quote = token.size() > kLongest && is_integer(token);
    out.append(quote ? "\"" : "").append(token).append(quote ? "\"" : "");
    at = end;
  }
  return out;
}

simdjson::error_code read(simdjson::dom::parser& parser, std::string_view json,
                          simdjson::dom::element& root) {
  if (parser.capacity() <= json.size() || parser.max_depth() != kMaxDepth) {
    const auto allocated = parser.allocate(json.size() + 1, kMaxDepth);
    if (allocated != simdjson::SUCCESS) return allocated;
  }
  return parser.parse(json.data(), json.size()).get(root);
}

}  // namespace

Value ValueBuilder::array(std::vector<Value> items) {
  auto shared = std::make_unique<Value::Items>();
  shared->items = std::move(items);
  return {Value::Type::Array, shared.release()};
}

ValueBuilder::Object::Object(std::size_t members)
    : object_(Value::Type::Object, new Value::Members) {
  static_cast<Value::Members*>(object_.content_.shared)->members.reserve(members);
}

void ValueBuilder::Object::set(const Value& name, Value value) {
  auto& members = *static_cast<Value::Members*>(object_.content_.shared);
  Value* const found = members.find(name.as_text());
  if (found != nullptr) {
    *found = std::move(value);
  } else {
    members.add(name, std::move(value));
  }
}

Value ValueBuilder::name(std::string_view text) {
  const auto [found, fresh] = names_.try_emplace(text);
  if (fresh) found->second = ValueBuilder::text(text);
  return found->second;
}

Result<Value> Value::parse(std::string_view json) {
  if (json.size() > std::numeric_limits<int>::max()) {
    return Error{ErrorKind::Invalid, "not valid JSON: longer than 2 GiB"};
  }
  // Most answers are small: their parser keeps its memory.
  thread_local simdjson::dom::parser of_small;
  simdjson::dom::parser of_large;
  simdjson::dom::parser& parser = json.size() <= kSmall ? of_small : of_large;
  simdjson::dom::element root;
  auto code = read(parser, json, root);
  if (code == simdjson::NUMBER_ERROR) {
    const std::string quoted = with_quoted_integers(json);
    if (read(parser, quoted, root) == simdjson::SUCCESS) code = simdjson::SUCCESS;
  }
  if (code == simdjson::MEMALLOC) {
    return Error{ErrorKind::Exhausted, "not enough memory to parse JSON"};
  }
  if (code != simdjson::SUCCESS) return not_json(json, code);
  return Converter{}.convert(root);
}

}  // namespace freshet::sources::http_api
