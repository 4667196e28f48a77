#include "base/http/address_guard.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <arpa/inet.h>

namespace freshet::http {
namespace {

struct Block {
  std::array<std::uint8_t, 16> start;
  int bits;
};

// IANA special-purpose registries (RFC 6890 and its updates).
constexpr std::array kVersion4{
    Block{{0}, 8},
    Block{{10}, 8},
    Block{{100, 64}, 10},
    Block{{127}, 8},
    Block{{169, 254}, 16},
    Block{{172, 16}, 12},
    Block{{192, 0, 0}, 24},
    Block{{192, 0, 2}, 24},
    Block{{192, 88, 99}, 24},
    Block{{192, 168}, 16},
    Block{{198, 18}, 15},
    Block{{198, 51, 100}, 24},
    Block{{203, 0, 113}, 24},
    Block{{224}, 4},
    Block{{240}, 4},
};
// Only 2000::/3 is handed out to the public; these are the exceptions inside it.
constexpr std::array kVersion6{
    Block{{0x20, 0x01, 0x00}, 23},
    Block{{0x20, 0x01, 0x0D, 0xB8}, 32},
    Block{{0x3F, 0xFF}, 20},
};
constexpr Block kPublicVersion6{{0x20}, 3};

// IPv6 forms that lead to an IPv4 address, and where in the bytes it stands.
struct Wrapped {
  Block block;
  std::size_t at;
};
constexpr std::array kWrapped{
    Wrapped{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96}, 12},  // mapped
    Wrapped{{{0, 0x64, 0xFF, 0x9B}, 96}, 12},                       // NAT64
    Wrapped{{{0x20, 0x02}, 16}, 2},                                 // 6to4
};

using Bytes = std::span<const std::uint8_t>;

bool inside(Bytes address, const Block& block) {
  for (int bit = 0; bit < block.bits; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const int mask = 0x80 >> (bit % 8);
    if ((address[byte] & mask) != (block.start[byte] & mask)) return false;
  }
  return true;
}

bool inside_any(Bytes address, std::span<const Block> blocks) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const Block& block) { return inside(address, block); });
}

bool is_public_version6(Bytes address) {
  for (const Wrapped& wrapped : kWrapped) {
    if (inside(address, wrapped.block))
      return !inside_any(address.subspan(wrapped.at, 4), kVersion4);
  }
  return inside(address, kPublicVersion6) && !inside_any(address, kVersion6);
}

}  // namespace

bool is_public_address(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (::inet_pton(AF_INET, address.c_str(), bytes.data()) == 1)
    return !inside_any(bytes, kVersion4);
  // A zone ("fe80::1%eth0") is only ever given to addresses that are not public.
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return is_public_version6(bytes);
  return false;
}

}  // namespace freshet::http
