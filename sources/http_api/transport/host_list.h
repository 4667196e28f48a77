#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet::sources::http_api {

/// Servers that may be talked to beside the one of the base address. An entry is a host
/// ("files.example.com", over https) or an address with scheme and port; "*." before the name
/// stands for one label or more, so "*.example.com" is every host below example.com and not that
/// one itself.
class HostList {
 public:
  /// Empty entries count as none. Invalid, naming the entry, for what is no host, and for "*."
  /// before less than a domain.
  static Result<HostList> parse(const std::vector<std::string>& entries);

  /// Whether an address, as http::origin_of() writes it, is of one of them.
  [[nodiscard]] bool contains(std::string_view origin) const;

 private:
  struct Below {
    std::string scheme;  ///< "https://"
    std::string rest;    ///< ".example.com:443"
  };

  std::vector<std::string> origins_;
  std::vector<Below> below_;
};

}  // namespace freshet::sources::http_api
