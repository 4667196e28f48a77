#include "index/encoding/word_reader.h"

#include <algorithm>
#include <array>

#include <unicode/unorm2.h>

#include "base/utf8.h"
#include "index/encoding/bert_characters.h"

namespace freshet::index {
namespace {

constexpr std::size_t kAscii = 128;
constexpr std::size_t kMostPending = 256;

const std::array<CharacterClass, kAscii>& ascii_classes() {
  static const auto kClasses = [] {
    std::array<CharacterClass, kAscii> classes{};
    for (std::size_t i = 0; i < kAscii; ++i) classes[i] = class_of(static_cast<char32_t>(i));
    return classes;
  }();
  return kClasses;
}

const UNormalizer2* nfd() {
  static const UNormalizer2* const kInstance = [] {
    UErrorCode error = U_ZERO_ERROR;
    return unorm2_getNFDInstance(&error);
  }();
  return kInstance;
}

int ordering_class(char32_t character) {
  const int value = unorm2_getCombiningClass(nfd(), static_cast<UChar32>(character));
  return value != 0 && is_known_to_normalization(character) ? value : 0;
}

char ascii_lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
}

}  // namespace

bool WordReader::next() {
  word_.clear();
  characters_ = 0;
  while (true) {
    if (taken_ < pending_.size()) {
      if (take_pending() == Step::WordEnded) return true;
    } else if (text_.empty()) {
      return characters_ > 0;
    } else if (static_cast<unsigned char>(text_.front()) < kAscii) {
      if (take_ascii() == Step::WordEnded) return true;
    } else {
      normalise_ahead();
    }
  }
}

WordReader::Step WordReader::take_ascii() {
  const auto& classes = ascii_classes();
  std::size_t length = 0;
  while (length < text_.size() && static_cast<unsigned char>(text_[length]) < kAscii &&
         classes[static_cast<unsigned char>(text_[length])] == CharacterClass::Letter) {
    ++length;
  }
  for (std::size_t i = 0; i < std::min(length, kMostCharacters + 1); ++i) {
    word_ += normalization_.lower_case ? ascii_lower(text_[i]) : text_[i];
  }
  characters_ += length;
  text_.remove_prefix(length);
  if (text_.empty() || static_cast<unsigned char>(text_.front()) >= kAscii) return Step::Continue;

  const CharacterClass kind = classes[static_cast<unsigned char>(text_.front())];
  if (kind == CharacterClass::Punctuation && characters_ > 0) return Step::WordEnded;
  if (kind == CharacterClass::Punctuation) append(static_cast<char32_t>(text_.front()));
  text_.remove_prefix(1);
  const bool ended = kind != CharacterClass::Dropped && characters_ > 0;
  return ended ? Step::WordEnded : Step::Continue;
}

WordReader::Step WordReader::take_pending() {
  const char32_t character = pending_[taken_];
  // What decomposition made may be of another class than what it was made from.
  const CharacterClass kind = character < kAscii ? ascii_classes()[character] : class_of(character);
  if (kind == CharacterClass::Space) {
    ++taken_;
    return characters_ > 0 ? Step::WordEnded : Step::Continue;
  }
  if (kind == CharacterClass::Punctuation) {
    if (characters_ > 0) return Step::WordEnded;
    ++taken_;
    append(character);
    return Step::WordEnded;
  }
  ++taken_;
  append(character);
  return Step::Continue;
}

/// Normalises the stretch of text up to the next ASCII character: an ASCII character never moves or
/// changes with what follows it. Stops early, between combining sequences, when enough is pending.
void WordReader::normalise_ahead() {
  pending_.clear();
  taken_ = 0;
  marks_start_ = 0;
  while (!text_.empty()) {
    const CodePoint point = decode_utf8(text_);
    const CharacterClass kind = class_of(point.value);
    const bool plain = point.value < kAscii && kind != CharacterClass::Dropped;
    const bool enough = pending_.size() >= kMostPending && ordering_class(point.value) == 0;
    if (plain || enough) break;
    text_.remove_prefix(point.length);
    if (kind == CharacterClass::Dropped) continue;
    if (kind == CharacterClass::Space) {
      add_decomposed(U' ');
    } else if (is_chinese(point.value)) {
      add_decomposed(U' ');
      decompose(point.value);
      add_decomposed(U' ');
    } else {
      decompose(point.value);
    }
  }
  order_marks();
  if (!normalization_.lower_case) return;
  std::transform(pending_.begin(), pending_.end(), pending_.begin(), to_lower);
}

void WordReader::decompose(char32_t character) {
  constexpr char32_t kCapitalDottedI = 0x130;
  constexpr char32_t kDotAbove = 0x307;
  if (!normalization_.strip_accents) {
    pending_ += character;
    if (character == kCapitalDottedI && normalization_.lower_case) pending_ += kDotAbove;
    return;
  }
  std::array<UChar, 8> units{};
  UErrorCode error = U_ZERO_ERROR;
  const int length = unorm2_getDecomposition(nfd(), static_cast<UChar32>(character), units.data(),
                                             static_cast<int>(units.size()), &error);
  if (length < 0 || U_FAILURE(error) != 0 || !is_known_to_normalization(character)) {
    add_decomposed(character);
    return;
  }
  for (int i = 0; i < length;) {
    UChar32 part = 0;
    U16_NEXT(units.data(), i, length, part);
    add_decomposed(static_cast<char32_t>(part));
  }
}

/// Stripped marks leave no trace, except that those which cannot move keep others from moving past
/// them.
void WordReader::add_decomposed(char32_t character) {
  const bool movable = normalization_.strip_accents && ordering_class(character) != 0;
  if (!movable) order_marks();
  if (!normalization_.strip_accents || !is_stripped_mark(character)) pending_ += character;
  if (!movable) marks_start_ = pending_.size();
}

/// Canonical ordering of the run of marks at the end (Unicode 15, section 3.11, D109).
void WordReader::order_marks() {
  if (pending_.size() - marks_start_ < 2 || !normalization_.strip_accents) return;
  std::stable_sort(
      pending_.begin() + static_cast<std::ptrdiff_t>(marks_start_), pending_.end(),
      [](char32_t one, char32_t other) { return ordering_class(one) < ordering_class(other); });
}

void WordReader::append(char32_t character) {
  if (++characters_ <= kMostCharacters) append_utf8(word_, character);
}

}  // namespace freshet::index
