#include "base/json.h"

#include <unordered_map>

#include <nlohmann/json.hpp>
#include <simdjson.h>

namespace freshet {

namespace {

constexpr std::size_t kMaxDepth = 512;

Json to_json(const simdjson::dom::element& element);

/// Of a repeated key the last value stands. Looking places up keeps a huge object linear.
Json to_object(const simdjson::dom::object& fields) {
  Json::object_t members;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const auto field : fields) {
    const auto [place, fresh] = places.try_emplace(field.key, members.size());
    if (fresh) {
      members.emplace_back(std::string(field.key), to_json(field.value));
    } else {
      members.begin()[static_cast<std::ptrdiff_t>(place->second)].second = to_json(field.value);
    }
  }
  return members;
}

Json to_json(const simdjson::dom::element& element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::ARRAY: {
      Json array = Json::array();
      const simdjson::dom::array children = element;
      for (const auto child : children) array.push_back(to_json(child));
      return array;
    }
    case element_type::OBJECT:
      return to_object(element);
    case element_type::INT64:
      return element.get_int64().value_unsafe();
    case element_type::UINT64:
      return element.get_uint64().value_unsafe();
    case element_type::DOUBLE:
      return element.get_double().value_unsafe();
    case element_type::STRING:
      return std::string(element.get_string().value_unsafe());
    case element_type::BOOL:
      return element.get_bool().value_unsafe();
    case element_type::NULL_VALUE:
      return nullptr;
  }
  return nullptr;
}

std::string dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Result<Json> parse_json(std::string_view text) {
  simdjson::dom::parser parser;
  if (parser.allocate(text.size() + 1, kMaxDepth) != simdjson::SUCCESS) {
    return Error{ErrorKind::Exhausted, "not enough memory to parse JSON"};
  }
  simdjson::dom::element root;
  const auto code = parser.parse(text.data(), text.size()).get(root);
  if (code != simdjson::SUCCESS) {
    return Error{ErrorKind::Invalid,
                 std::string("not valid JSON: ") + simdjson::error_message(code)};
  }
  return to_json(root);
}

std::string dump_json(const Json& value) {
  return dump(value, -1);
}
std::string dump_json_pretty(const Json& value) {
  return dump(value, 2);
}

const Json* json_member(const Json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(std::string(key));
  return found == object.end() ? nullptr : &*found;
}

std::optional<std::string> json_string(const Json& object, std::string_view key) {
  const Json* value = json_member(object, key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

std::optional<std::int64_t> json_integer(const Json& object, std::string_view key) {
  const Json* value = json_member(object, key);
  if (value == nullptr || !value->is_number_integer()) return std::nullopt;
  return value->get<std::int64_t>();
}

std::optional<double> json_number(const Json& object, std::string_view key) {
  const Json* value = json_member(object, key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

std::optional<bool> json_boolean(const Json& object, std::string_view key) {
  const Json* value = json_member(object, key);
  if (value == nullptr || !value->is_boolean()) return std::nullopt;
  return value->get<bool>();
}

}  // namespace freshet
