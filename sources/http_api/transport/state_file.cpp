#include "sources/http_api/transport/state_file.h"

#include <nlohmann/json.hpp>

#include "base/files.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;

}  // namespace

Result<std::optional<Json>> StateFile::load() const {
  if (directory_.empty()) return std::optional<Json>();
  const auto bytes = read_file(path_, kMostBytes);
  if (!bytes && bytes.error().kind == ErrorKind::NotFound) return std::optional<Json>();
  if (!bytes) return bytes.error();
  auto json = parse_json(*bytes);
  return std::optional(json ? *std::move(json) : Json());
}

Result<Done> StateFile::save(const Json& json) const {
  if (directory_.empty()) return Done{};
  FRESHET_CHECK(freshet::create_directories(directory_));
  std::error_code failure;
  std::filesystem::permissions(directory_, std::filesystem::perms::owner_all, failure);
  if (failure) {
    return Error{ErrorKind::Denied,
                 "cannot close " + directory_.string() + " to others: " + failure.message()};
  }
  return write_file_atomically(path_, dump_json(json));
}

}  // namespace freshet::sources::http_api
