#include "base/text/html_entities.h"

#include <charconv>
#include <optional>

#include <libxml/HTMLparser.h>

#include "base/text/ascii.h"
#include "base/utf8.h"

namespace freshet {
namespace {

constexpr std::size_t kMaxReference = 32;

std::optional<char32_t> numeric(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t value = 0;
  const auto parsed =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
  if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || value == 0) {
    return std::nullopt;
  }
  return static_cast<char32_t>(value);
}

std::optional<char32_t> named(std::string_view name) {
  const std::string terminated(name);
  const htmlEntityDesc* entity =
      htmlEntityLookup(reinterpret_cast<const xmlChar*>(terminated.c_str()));
  if (entity != nullptr) return static_cast<char32_t>(entity->value);
  return name == "apos" ? std::optional<char32_t>('\'') : std::nullopt;
}

/// A lone "<" is text.
bool begins_tag(std::string_view after) {
  return !after.empty() && (is_letter(after[0]) || after[0] == '/' || after[0] == '!');
}

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t ampersand = text.find('&', at);
    out.append(text.substr(at, ampersand - at));
    if (ampersand == std::string_view::npos) break;
    const std::size_t end = text.substr(0, ampersand + kMaxReference).find(';', ampersand);
    std::optional<char32_t> character;
    if (end != std::string_view::npos) {
      const std::string_view name = text.substr(ampersand + 1, end - ampersand - 1);
      character = name.starts_with('#') ? numeric(name.substr(1)) : named(name);
    }
    if (character) append_utf8(out, *character);
    if (!character) out += '&';
    at = character ? end + 1 : ampersand + 1;
  }
  return out;
}

std::string text_of_html_fragment(std::string_view html) {
  std::string text;
  text.reserve(html.size());
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t open = html.find('<', at);
    text.append(html.substr(at, open - at));
    if (open == std::string_view::npos) break;
    const bool tag = begins_tag(html.substr(open + 1));
    const std::size_t close = tag ? html.find('>', open) : open;
    if (!tag) text += '<';
    if (close == std::string_view::npos) break;  // Cut off within a tag.
    at = close + 1;
  }
  return decode_entities(text);
}

}  // namespace freshet
