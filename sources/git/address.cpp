#include "sources/git/address.h"

#include <algorithm>
#include <array>

namespace freshet::sources::git {

AddressKind address_kind(std::string_view address) {
  constexpr std::array<std::string_view, 5> kSchemes{"file", "http", "https", "ssh", "git+ssh"};
  const auto scheme_end = address.find("://");
  if (scheme_end != std::string_view::npos) {
    const auto scheme = address.substr(0, scheme_end);
    const bool supported = std::find(kSchemes.begin(), kSchemes.end(), scheme) != kSchemes.end();
    return supported ? AddressKind::Mirrored : AddressKind::Unsupported;
  }
  // scp's form "user@host:path"; a colon after a slash belongs to a path.
  const auto colon = address.find(':');
  const bool scp = colon != std::string_view::npos && colon != 0 && address.find('/') > colon;
  return scp ? AddressKind::Mirrored : AddressKind::Directory;
}

std::string printable_address(std::string_view address) {
  const auto scheme_end = address.find("://");
  if (scheme_end == std::string_view::npos) return std::string(address);
  const auto host = scheme_end + 3;
  const auto authority_end = std::min(address.find('/', host), address.size());
  const auto at = address.substr(0, authority_end).rfind('@');
  if (at == std::string_view::npos || at < host) return std::string(address);
  const auto colon = address.substr(0, at).find(':', host);
  if (colon == std::string_view::npos) return std::string(address);
  return std::string(address.substr(0, colon)) + ":***" + std::string(address.substr(at));
}

}  // namespace freshet::sources::git
