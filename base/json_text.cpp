#include "base/json_text.h"

#include <algorithm>
#include <array>

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

void append_valid(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto* const special = std::find_if(text.begin(), text.end(), is_special);
    const auto plain = static_cast<std::size_t>(special - text.begin());
    out += text.substr(0, plain);
    if (special == text.end()) break;
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
