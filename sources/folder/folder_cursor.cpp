#include "sources/folder/folder_cursor.h"

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet::sources::folder {

FolderCursor parse_folder_cursor(std::string_view text) {
  FolderCursor cursor;
  const auto json = parse_json(text);
  if (!json) return cursor;
  cursor.settled = json_integer(*json, "settled").value_or(0);
  const Json* pass = json_member(*json, "pass");
  if (pass == nullptr) return cursor;
  cursor.pass = FolderPass{
      json_integer(*pass, "began").value_or(0),
      json_boolean(*pass, "full").value_or(false),
      {json_string(*pass, "after").value_or(""), json_boolean(*pass, "unreadable").value_or(false),
       json_boolean(*pass, "withhold").value_or(false)}};
  return cursor;
}

std::string format_folder_cursor(const FolderCursor& cursor) {
  Json json = {{"settled", cursor.settled}};
  if (cursor.pass) {
    const auto& position = cursor.pass->position;
    json["pass"] = {{"began", cursor.pass->began}, {"after", position.after}};
    if (cursor.pass->full) json["pass"]["full"] = true;
    if (position.unreadable) json["pass"]["unreadable"] = true;
    if (position.withhold) json["pass"]["withhold"] = true;
  }
  return dump_json(json);
}

}  // namespace freshet::sources::folder
