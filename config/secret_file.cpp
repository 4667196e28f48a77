#include "config/secret_file.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/files.h"

namespace freshet::config {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 10;

void drop_newline(std::string& text) {
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
}

bool open_to_others(const std::filesystem::path& path) {
  using std::filesystem::perms;
  std::error_code failed;
  const auto permissions = std::filesystem::status(path, failed).permissions();
  return !failed && (permissions & (perms::group_read | perms::others_read)) != perms::none;
}

}  // namespace

Result<SecretFile> read_secret_file(const std::filesystem::path& path) {
  FRESHET_TRY(auto text, read_file(path, kMostBytes));
  drop_newline(text);
  const auto where = "the secret file " + path.string();
  if (text.empty()) return Error{ErrorKind::Invalid, where + " is empty"};
  const auto control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
  if (std::any_of(text.begin(), text.end(), control)) {
    return Error{ErrorKind::Invalid, where + " must hold one line without control characters"};
  }
  return SecretFile{Secret(std::move(text)), open_to_others(path)};
}

}  // namespace freshet::config
