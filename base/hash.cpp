#include "base/hash.h"

#include <charconv>
#include <cstdio>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <xxhash.h>

namespace freshet {

Hash128 hash128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::string to_hex(const Hash128& hash) {
  char text[33];
  std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high),
                static_cast<unsigned long long>(hash.low));
  return text;
}

Hash128 hash128_from_hex(std::string_view hex) {
  Hash128 hash;
  if (hex.size() != 32) return {};
  const auto high = std::from_chars(hex.data(), hex.data() + 16, hash.high, 16);
  const auto low = std::from_chars(hex.data() + 16, hex.data() + 32, hash.low, 16);
  const bool whole = high.ptr == hex.data() + 16 && low.ptr == hex.data() + 32;
  return whole ? hash : Hash128{};
}

std::uint64_t checksum64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

namespace {

using Sha256Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

const unsigned char* octets(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::string digest_hex(const Sha256Digest& digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * digest.size());
  for (unsigned char byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256Digest digest{};
  SHA256(octets(bytes), bytes.size(), digest.data());
  return digest_hex(digest);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view bytes) {
  Sha256Digest digest{};
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(),
       digest.data(), nullptr);
  return digest_hex(digest);
}

}  // namespace freshet
