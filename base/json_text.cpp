#include "base/json_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "base/utf8.h"

namespace freshet {
namespace {

constexpr std::array<bool, 256> special_bytes() {
  std::array<bool, 256> special{};
  for (std::size_t byte = 0; byte < 0x20; ++byte) special[byte] = true;
  special['"'] = special['\\'] = true;
  return special;
}

bool is_special(char c) {
  static constexpr std::array<bool, 256> kSpecial = special_bytes();
  return kSpecial[static_cast<unsigned char>(c)];
}

void append_special(std::string& out, char c) {
  constexpr std::string_view kNamed = "\b\f\n\r\t\"\\";
  constexpr std::string_view kLetters = "bfnrt\"\\";
  constexpr std::string_view kDigits = "0123456789abcdef";
  out += '\\';
  const auto named = kNamed.find(c);
  if (named != std::string_view::npos) {
    out += kLetters[named];
  } else {
    const auto byte = static_cast<unsigned char>(c);
    out += {'u', '0', '0', kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
}

/// Eight bytes at a time, of which most have nothing special.
const char* find_special(const char* at, const char* end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = kOnes << 7U;
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - kOnes) & ~bytes & kHighs; };
  for (; end - at >= 8; at += 8) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, at, 8);
    const std::uint64_t control = (bytes - kOnes * 0x20) & ~bytes & kHighs;
    if ((control | has_zero(bytes ^ kOnes * '"') | has_zero(bytes ^ kOnes * '\\')) != 0) break;
  }
  return std::find_if(at, end, is_special);
}

void append_valid(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const char* const special = find_special(text.data(), text.data() + text.size());
    const auto plain = static_cast<std::size_t>(special - text.data());
    out += text.substr(0, plain);
    if (plain == text.size()) break;
    append_special(out, *special);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  if (is_valid_utf8(text)) {
    append_valid(out, text);
  } else {
    append_valid(out, to_valid_utf8(text));
  }
}

}  // namespace freshet
