#include "sources/folder/folder_version.h"

#include <charconv>

namespace freshet::sources::folder {
namespace {

/// The text up to the next dot, which is taken off `rest` together with it.
std::string_view take_part(std::string_view& rest) {
  const auto dot = rest.find('.');
  const auto part = rest.substr(0, dot);
  rest.remove_prefix(dot == std::string_view::npos ? rest.size() : dot + 1);
  return part;
}

template <typename Number>
bool parse_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string format_folder_version(const FolderVersion& version) {
  return to_hex(version.content) + "." + version.form + "." + std::to_string(version.size) + "." +
         std::to_string(version.modified);
}

std::optional<FolderVersion> parse_folder_version(std::string_view text) {
  FolderVersion version;
  const auto hash = take_part(text);
  version.content = hash128_from_hex(hash);
  version.form = take_part(text);
  if (hash.size() != 32 || !parse_number(take_part(text), version.size) ||
      !parse_number(text, version.modified)) {
    return std::nullopt;
  }
  return version;
}

}  // namespace freshet::sources::folder
