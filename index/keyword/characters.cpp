#include "index/keyword/characters.h"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

namespace freshet::index {
namespace {

bool is_ascii_letter_or_digit(char32_t character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9');
}

UChar32 icu(char32_t character) {
  return static_cast<UChar32>(character);
}

std::string fold_ascii(std::string_view text) {
  std::string folded(text);
  for (char& byte : folded) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  return folded;
}

}  // namespace

bool is_word_character(char32_t character) {
  if (character < 0x80) return is_ascii_letter_or_digit(character);
  if (u_isalnum(icu(character)) != 0) return true;
  const auto mask = U_GET_GC_MASK(icu(character));
  return (mask & (U_GC_M_MASK | U_GC_CF_MASK)) != 0;
}

bool is_unspaced_character(char32_t character) {
  if (character < 0x0E00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(icu(character), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return true;
    default:
      return false;
  }
}

bool is_upper_case(char32_t character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z';
  return u_isupper(icu(character)) != 0;
}

bool is_lower_case(char32_t character) {
  if (character < 0x80) return character >= 'a' && character <= 'z';
  return u_islower(icu(character)) != 0;
}

std::string fold(std::string_view text) {
  const bool ascii = std::none_of(
      text.begin(), text.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; });
  if (ascii) return fold_ascii(text);
  const std::string valid = to_valid_utf8(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return fold_ascii(valid);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(0, icu::StringPiece(valid), sink, nullptr, status);
  return U_FAILURE(status) ? fold_ascii(valid) : folded;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace freshet::index
