#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace freshet {

/// XXH3-128: says whether something changed. Not proof against someone who wants a collision;
/// identity that must be (model files) uses sha256_hex.
struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const Hash128&) const = default;
};

Hash128 hash128(std::string_view bytes);

/// 32 lower-case hexadecimal digits, and back (anything else yields a zero hash).
std::string to_hex(const Hash128& hash);
Hash128 hash128_from_hex(std::string_view hex);

/// XXH3-64, the checksum of our own files.
std::uint64_t checksum64(std::string_view bytes);

/// SHA-256 as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// HMAC-SHA-256 (RFC 2104), written likewise.
std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace freshet
