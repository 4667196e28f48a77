#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet {

/// Where to listen. Always a loopback address.
struct ListenAddress {
  std::string host;  ///< An IPv4 or IPv6 address without brackets.
  std::uint16_t port = 0;
};

/// Reads "127.0.0.1:8088", "[::1]:8088" or "localhost:8088" (which is 127.0.0.1). Invalid for
/// anything else, and for addresses that other machines can reach: there is no authentication yet.
Result<ListenAddress> parse_listen_address(std::string_view text);

/// Whether a Host header's or an Origin's host part names this machine only: localhost, *.localhost
/// (RFC 6761), 127.0.0.0/8, [::1]. A port may follow.
bool is_loopback_authority(std::string_view authority);

}  // namespace freshet
