#include "sources/http_api/transport/host_list.h"

#include <algorithm>

#include "base/http/url.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::string_view kAny = "*.";

Error unusable(const std::string& entry) {
  return {ErrorKind::Invalid, "hosts: \"" + entry.substr(0, 100) +
                                  "\" is no host; write files.example.com, or *.example.com for "
                                  "all hosts below it"};
}

}  // namespace

Result<HostList> HostList::parse(const std::vector<std::string>& entries) {
  HostList list;
  for (const std::string& entry : entries) {
    if (entry.empty()) continue;
    std::string address = entry.find("://") == std::string::npos ? "https://" + entry : entry;
    const std::size_t host = address.find("://") + 3;
    const bool any = address.compare(host, kAny.size(), kAny) == 0;
    if (any) address.erase(host, kAny.size());
    const std::string origin = http::origin_of(address);
    const std::string rest = origin.substr(std::min(origin.size(), host));
    if (origin.empty() || (any && rest.find('.') == std::string::npos)) return unusable(entry);
    if (any) {
      list.below_.push_back({origin.substr(0, host), "." + rest});
    } else {
      list.origins_.push_back(origin);
    }
  }
  return list;
}

bool HostList::contains(std::string_view origin) const {
  if (origin.empty()) return false;
  const auto is_below = [&](const Below& below) {
    return origin.size() > below.scheme.size() + below.rest.size() &&
           origin.starts_with(below.scheme) && origin.ends_with(below.rest);
  };
  return std::find(origins_.begin(), origins_.end(), origin) != origins_.end() ||
         std::any_of(below_.begin(), below_.end(), is_below);
}

}  // namespace freshet::sources::http_api
