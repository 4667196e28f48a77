#pragma once

#include <cstdint>

namespace freshet::index {

/// What BERT's basic tokenizer makes of a character. The classes are those of the reference
/// implementation (Hugging Face `tokenizers`), whose Unicode tables are older than ICU's in places
/// and newer in others.
enum class CharacterClass : std::uint8_t {
  Letter,       ///< Part of a word; everything that is nothing else.
  Dropped,      ///< Removed before anything else sees it.
  Space,        ///< Ends a word.
  Punctuation,  ///< A word of its own.
};

CharacterClass class_of(char32_t character);

/// An ideograph that becomes a word of its own.
bool is_chinese(char32_t character);

/// A non-spacing mark, which accent stripping removes after decomposition.
bool is_stripped_mark(char32_t character);

/// The simple lower-case form, one character each (U+0130 becomes "i"; its dot is for the caller).
char32_t to_lower(char32_t character);

/// Takes part in canonical decomposition and ordering. The reference follows Unicode 12 there:
/// later characters neither decompose nor move.
bool is_known_to_normalization(char32_t character);

}  // namespace freshet::index
