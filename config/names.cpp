#include "config/names.h"

#include <algorithm>
#include <cstddef>

namespace freshet::config {
namespace {

constexpr std::size_t kLongestName = 64;

}  // namespace

bool is_source_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= kLongestName && plain(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return plain(c) || c == '-' || c == '_'; });
}

bool is_remote_location(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return true;
  const auto colon = text.find(':');
  return colon != std::string_view::npos && text.find('/') > colon;
}

}  // namespace freshet::config
