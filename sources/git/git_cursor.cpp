#include "sources/git/git_cursor.h"

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::sources::git {

GitCursor parse_git_cursor(std::string_view text) {
  GitCursor cursor;
  const auto json = parse_json(text);
  if (!json) return cursor;
  cursor.synced = json_string(*json, "synced").value_or("");
  cursor.fingerprint = json_string(*json, "settings").value_or("");
  cursor.unsettled = json_boolean(*json, "unsettled").value_or(false);
  const Json* pass = json_member(*json, "pass");
  if (pass == nullptr) return cursor;
  cursor.pass = GitPass{
      json_string(*pass, "target").value_or(""),
      json_boolean(*pass, "full").value_or(false),
      {json_string(*pass, "after").value_or(""), json_boolean(*pass, "unreadable").value_or(false),
       json_boolean(*pass, "withhold").value_or(false)}};
  return cursor;
}

std::string format_git_cursor(const GitCursor& cursor) {
  Json json = {{"synced", cursor.synced}, {"settings", cursor.fingerprint}};
  if (cursor.unsettled) json["unsettled"] = true;
  if (cursor.pass) {
    const auto& position = cursor.pass->position;
    json["pass"] = {{"target", cursor.pass->target}, {"after", position.after}};
    if (cursor.pass->full) json["pass"]["full"] = true;
    if (position.unreadable) json["pass"]["unreadable"] = true;
    if (position.withhold) json["pass"]["withhold"] = true;
  }
  return dump_json(json);
}

}  // namespace freshet::sources::git
