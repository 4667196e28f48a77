#include "sources/http_api/transport/token_file.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
constexpr const char* kName = "tokens.json";

}  // namespace

Result<Tokens> TokenFile::load() const {
  if (directory_.empty()) return Tokens{};
  const auto path = directory_ / kName;
  const auto bytes = read_file(path, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::NotFound) return Tokens{};
  if (!bytes) return bytes.error();
  const auto json = parse_json(*bytes);
  const auto access = json ? json_string(*json, "access") : std::nullopt;
  const auto refresh = json ? json_string(*json, "refresh") : std::nullopt;
  const auto expires = json ? parse_rfc3339(json_string(*json, "expires").value_or("")) : Error{};
  if (!access || !refresh || !expires) {
    return Error{ErrorKind::Corrupt,
                 path.string() + " is damaged; remove it and give the source a new refresh token"};
  }
  return Tokens{*access, *expires, *refresh};
}

Result<Done> TokenFile::save(const Tokens& tokens) const {
  if (directory_.empty()) return Done{};
  FRESHET_CHECK(freshet::create_directories(directory_));
  std::error_code failure;
  std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, failure);
  if (failure) {
    return Error{ErrorKind::Denied,
                 "cannot close " + directory_.string() + " to others: " + failure.message()};
  }
  const Json json{{"access", tokens.access},
                  {"expires", to_rfc3339(tokens.expires)},
                  {"refresh", tokens.refresh}};
  return write_file_atomically(directory_ / kName, dump_json(json));
}

}  // namespace freshet::sources::http_api
