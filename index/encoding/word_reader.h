#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::index {

/// How text is normalised before it is cut into word pieces (tokenizer_config.json).
struct Normalization {
  bool lower_case = true;
  bool strip_accents = true;
};

/// BERT's basic tokenizer as a stream: cleans and normalises text and gives its words one by one,
/// so that a long text costs only as much as its reader wants of it. Any bytes are accepted;
/// malformed UTF-8 is dropped like U+FFFD. The text must outlive the reader.
class WordReader {
 public:
  /// Longer words are given with `too_long()`; no vocabulary has them.
  static constexpr std::size_t kMostCharacters = 100;

  WordReader(std::string_view text, Normalization normalization)
      : text_(text), normalization_(normalization) {}

  /// False at the end of the text. A word is never empty.
  bool next();
  /// Valid UTF-8, until the next call.
  [[nodiscard]] std::string_view word() const { return word_; }
  [[nodiscard]] bool too_long() const { return characters_ > kMostCharacters; }

 private:
  enum class Step { Continue, WordEnded };

  Step take_ascii();
  Step take_pending();
  void normalise_ahead();
  void decompose(char32_t character);
  void add_decomposed(char32_t character);
  void order_marks();
  void append(char32_t character);

  std::string_view text_;
  Normalization normalization_;
  std::string word_;
  std::size_t characters_ = 0;
  std::u32string pending_;       ///< Normalised characters that are not words yet.
  std::size_t taken_ = 0;        ///< How many of them are.
  std::size_t marks_start_ = 0;  ///< Where the last run of movable marks in `pending_` starts.
};

}  // namespace freshet::index
