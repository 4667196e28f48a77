#include "sources/http_api/transport/token_file.h"

#include <nlohmann/json.hpp>

namespace freshet::sources::http_api {

Result<Tokens> TokenFile::load() const {
  FRESHET_TRY(const auto json, file_.load());
  if (!json) return Tokens{};
  const auto access = json_string(*json, "access");
  const auto refresh = json_string(*json, "refresh");
  const auto expires = parse_rfc3339(json_string(*json, "expires").value_or(""));
  if (!access || !refresh || !expires) {
    return Error{
        ErrorKind::Corrupt,
        file_.path().string() + " is damaged; remove it and give the source a new refresh token"};
  }
  return Tokens{*access, *expires, *refresh};
}

Result<Done> TokenFile::save(const Tokens& tokens) const {
  return file_.save(Json{{"access", tokens.access},
                         {"expires", to_rfc3339(tokens.expires)},
                         {"refresh", tokens.refresh}});
}

}  // namespace freshet::sources::http_api
