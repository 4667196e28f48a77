#include "sources/http_api/jq_value.h"

#include <utility>
#include <vector>

namespace freshet::sources::http_api {
namespace {

std::string_view text_of(jv text) {
  return {jv_string_value(text), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(text)))};
}

Value array_from(jv array) {
  std::vector<Value> items;
  const int size = jv_array_length(jv_copy(array));
  for (int at = 0; at < size; ++at) items.push_back(from_jq(jv_array_get(jv_copy(array), at)));
  return Value::array(std::move(items));
}

Value object_from(jv object) {
  Value made = Value::object();
  for (int at = jv_object_iter(object); jv_object_iter_valid(object, at) != 0;
       at = jv_object_iter_next(object, at)) {
    const Value name = from_jq(jv_object_iter_key(object, at));
    made.set(name.as_text(), from_jq(jv_object_iter_value(object, at)));
  }
  return made;
}

Value convert(jv handle) {
  switch (jv_get_kind(handle)) {
    case JV_KIND_TRUE:
    case JV_KIND_FALSE:
      return Value::boolean(jv_get_kind(handle) == JV_KIND_TRUE);
    case JV_KIND_NUMBER:
      return Value::number(jv_number_value(handle));
    case JV_KIND_STRING:
      return Value::text(text_of(handle));
    case JV_KIND_ARRAY:
      return array_from(handle);
    case JV_KIND_OBJECT:
      return object_from(handle);
    default:
      return {};
  }
}

}  // namespace

jv to_jq(const Value& value) {
  if (value.is_null()) return jv_null();
  if (value.is_boolean()) return jv_bool(value.truthy() ? 1 : 0);
  if (value.is_number()) return jv_number(*value.as_number());
  if (value.is_text()) return to_jq(value.as_text());
  if (value.is_array()) {
    jv array = jv_array_sized(static_cast<int>(value.size()));
    for (const Value& item : value.items()) array = jv_array_append(array, to_jq(item));
    return array;
  }
  jv object = jv_object();
  for (const Value::Member& member : value.members())
    object = jv_object_set(object, to_jq(member.name.as_text()), to_jq(member.value));
  return object;
}

Value from_jq(jv handle) {
  Value value = convert(handle);
  jv_free(handle);
  return value;
}

}  // namespace freshet::sources::http_api
