#include "pipeline/resolutions/rendition_cursor.h"

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::pipeline {
namespace {

constexpr std::string_view kMark = "renditions 1 ";

}  // namespace

std::string write_cursor(const RenditionCursor& cursor) {
  if (cursor.policy.empty() && cursor.due.empty() && !cursor.walk) return cursor.inner;
  Json object{{"policy", cursor.policy}, {"due", Json::object()}};
  for (const auto& [id, at] : cursor.due) object["due"][id] = to_rfc3339(at);
  if (cursor.walk) object["walk"] = *cursor.walk;
  return std::string(kMark) + dump_json(object) + "\n" + cursor.inner;
}

RenditionCursor read_cursor(std::string_view text) {
  RenditionCursor own;
  own.inner = text;
  const std::size_t line_end = text.find('\n');
  if (!text.starts_with(kMark) || line_end == std::string_view::npos) return own;
  const auto object = parse_json(text.substr(kMark.size(), line_end - kMark.size()));
  if (!object) return own;
  RenditionCursor cursor;
  cursor.policy = json_string(*object, "policy").value_or("");
  cursor.walk = json_string(*object, "walk");
  cursor.inner = text.substr(line_end + 1);
  const Json* due = json_member(*object, "due");
  if (due == nullptr || !due->is_object()) return cursor;
  for (const auto& [id, at] : due->items()) {
    const auto instant = at.is_string() ? parse_rfc3339(at.get<std::string>())
                                        : Result<Instant>(Error{ErrorKind::Invalid, ""});
    // A damaged entry is looked at now: that costs one reading and loses nothing.
    cursor.due[id] = instant ? *instant : Instant();
  }
  return cursor;
}

}  // namespace freshet::pipeline
