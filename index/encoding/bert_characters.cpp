#include "index/encoding/bert_characters.h"

#include <algorithm>
#include <array>
#include <span>

#include <unicode/uchar.h>

#include "index/encoding/bert_character_tables.h"

namespace freshet::index {
namespace {

bool contains(std::span<const CharacterRange> table, char32_t character) {
  const auto after = std::upper_bound(
      table.begin(), table.end(), character,
      [](char32_t value, const CharacterRange& range) { return value < range.first; });
  return after != table.begin() && character <= std::prev(after)->last;
}

struct ShiftedCase {
  char32_t first;
  char32_t last;
  char32_t lower;  ///< Of `first`; the others follow in step.
};

// Letters whose lower case came into Unicode after ICU 72 and which the reference knows.
constexpr std::array kNewerCases{
    ShiftedCase{0x1C89, 0x1C89, 0x1C8A},    ShiftedCase{0xA7CB, 0xA7CB, 0x0264},
    ShiftedCase{0xA7CC, 0xA7CC, 0xA7CD},    ShiftedCase{0xA7CE, 0xA7CE, 0xA7CF},
    ShiftedCase{0xA7D2, 0xA7D2, 0xA7D3},    ShiftedCase{0xA7D4, 0xA7D4, 0xA7D5},
    ShiftedCase{0xA7DA, 0xA7DA, 0xA7DB},    ShiftedCase{0xA7DC, 0xA7DC, 0x019B},
    ShiftedCase{0x10D50, 0x10D65, 0x10D70}, ShiftedCase{0x16EA0, 0x16EB8, 0x16EBB},
};

constexpr char32_t kLeastNewerCase = kNewerCases.front().first;
constexpr std::uint8_t kNormalizationUnicodeVersion = 12;

}  // namespace

CharacterClass class_of(char32_t character) {
  if (contains(kSpaces, character)) return CharacterClass::Space;
  if (contains(kDropped, character)) return CharacterClass::Dropped;
  if (contains(kPunctuation, character)) return CharacterClass::Punctuation;
  return CharacterClass::Letter;
}

bool is_chinese(char32_t character) {
  return contains(kChinese, character);
}

bool is_stripped_mark(char32_t character) {
  return contains(kStrippedMarks, character);
}

char32_t to_lower(char32_t character) {
  if (character >= kLeastNewerCase) {
    for (const ShiftedCase& range : kNewerCases) {
      if (character >= range.first && character <= range.last) {
        return range.lower + (character - range.first);
      }
    }
  }
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(character)));
}

bool is_known_to_normalization(char32_t character) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(character), age);
  return age[0] <= kNormalizationUnicodeVersion;
}

}  // namespace freshet::index
