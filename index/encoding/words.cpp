#include "index/encoding/words.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

namespace freshet::index {
namespace {

/// Calls `at_start()` for every word and `at_letter(folded)` for every character in it; stops early
/// when at_start() says false.
template <typename AtStart, typename AtLetter>
void walk_words(std::string_view text, AtStart at_start, AtLetter at_letter) {
  std::size_t letters = 0;
  while (!text.empty()) {
    const CodePoint point = decode_utf8(text);
    text.remove_prefix(point.length);
    const auto character = static_cast<UChar32>(point.value);
    if (!u_isalnum(character)) {
      letters = 0;
      continue;
    }
    const bool alone = u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC) != 0;
    if (alone) letters = 0;
    if (letters == 0 && !at_start()) return;
    at_letter(static_cast<char32_t>(u_foldCase(character, U_FOLD_CASE_DEFAULT)));
    letters = alone ? 0 : (letters + 1) % kMaxWordCharacters;
  }
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text, std::size_t limit) {
  std::vector<std::string> words;
  walk_words(
      text,
      [&] {
        if (words.size() == limit) return false;
        words.emplace_back();
        return true;
      },
      [&](char32_t letter) { append_utf8(words.back(), letter); });
  return words;
}

std::size_t count_words(std::string_view text) {
  std::size_t count = 0;
  walk_words(
      text, [&] { return ++count != 0; }, [](char32_t) {});
  return count;
}

}  // namespace freshet::index
