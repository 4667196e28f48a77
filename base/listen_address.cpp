#include "base/listen_address.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <arpa/inet.h>

namespace freshet {

namespace {

struct Authority {
  std::string host;  ///< Lower-case, brackets kept off.
  std::optional<std::uint16_t> port;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (error != std::errc() || stop != end || text.empty()) return std::nullopt;
  return port;
}

/// Where the host part ends: behind the bracket of an IPv6 address, else at the only colon.
std::size_t host_end(std::string_view text) {
  if (!text.starts_with('[')) return std::min(text.find(':'), text.size());
  const auto bracket = text.find(']');
  return bracket == std::string_view::npos ? 0 : bracket + 1;
}

std::optional<Authority> split_authority(std::string_view text) {
  const auto end = host_end(text);
  if (end == 0) return std::nullopt;
  Authority authority;
  authority.host = text.substr(0, end);
  std::transform(authority.host.begin(), authority.host.end(), authority.host.begin(), lower);
  if (authority.host.front() == '[') authority.host = authority.host.substr(1, end - 2);
  if (end == text.size()) return authority;
  authority.port = parse_port(text.substr(end + 1));
  if (text[end] != ':' || !authority.port) return std::nullopt;
  return authority;
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return inet_pton(AF_INET, host.c_str(), &address) == 1;
}

bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

bool is_ipv6_loopback(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1 &&
         IN6_ARE_ADDR_EQUAL(&address, &in6addr_loopback);
}

bool is_loopback_address(const std::string& host) {
  return (is_ipv4(host) && host.starts_with("127.")) || is_ipv6_loopback(host);
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text) {
  const std::string shown = "listen address \"" + std::string(text) + "\"";
  auto authority = split_authority(text);
  if (!authority || !authority->port) {
    return Error{ErrorKind::Invalid, shown + " is not of the form 127.0.0.1:8088 or [::1]:8088"};
  }
  if (authority->host == "localhost") authority->host = "127.0.0.1";
  if (is_loopback_address(authority->host)) {
    return ListenAddress{std::move(authority->host), *authority->port};
  }
  if (is_ipv4(authority->host) || is_ipv6(authority->host)) {
    return Error{ErrorKind::Invalid,
                 shown +
                     " can be reached from other machines, and this server does not authenticate "
                     "callers yet: listen on 127.0.0.1 and put a reverse proxy that does in front"};
  }
  return Error{ErrorKind::Invalid,
               shown + " names no IP address; use 127.0.0.1, [::1] or localhost"};
}

bool is_loopback_authority(std::string_view authority) {
  const auto parts = split_authority(authority);
  if (!parts) return false;
  return parts->host == "localhost" || parts->host.ends_with(".localhost") ||
         is_loopback_address(parts->host);
}

}  // namespace freshet
