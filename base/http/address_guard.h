#pragma once

#include <string>

namespace freshet::http {

/// Whether an IPv4 or IPv6 address in its textual form is one of the public internet: not loopback,
/// private (RFC 1918, RFC 4193), shared (RFC 6598), link-local, multicast, unspecified, reserved
/// (RFC 6890) nor an IPv6 form that wraps such an IPv4 address. Anything that is no address is not
/// public.
bool is_public_address(const std::string& address);

}  // namespace freshet::http
