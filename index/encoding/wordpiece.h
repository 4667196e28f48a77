#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "index/encoding/encoder.h"
#include "index/encoding/piece_trie.h"
#include "index/encoding/word_reader.h"

namespace freshet::index {

using TokenId = std::uint32_t;

/// BERT's WordPiece tokenizer (Devlin et al. 2019; Wu et al. 2016, greedy longest match first).
/// Gives the ids that the reference implementation, Hugging Face `tokenizers`, gives, also for
/// special tokens written out in the text ("[MASK]"). Immutable and thread-safe.
class WordPiece {
 public:
  /// `vocabulary` is the content of vocab.txt: one piece a line, its number the id. Invalid when it
  /// is not UTF-8, is too large or lacks one of [CLS], [SEP], [UNK] and [PAD].
  static Result<WordPiece> create(std::string_view vocabulary, Normalization normalization);

  /// The ids of a text without [CLS] and [SEP], at most `limit` of them. Any bytes are accepted.
  [[nodiscard]] std::vector<TokenId> tokenize(
      std::string_view text, std::size_t limit = std::numeric_limits<std::size_t>::max()) const;
  [[nodiscard]] std::size_t count(std::string_view text) const;

  [[nodiscard]] std::size_t vocabulary_size() const { return vocabulary_size_; }
  [[nodiscard]] TokenId cls() const { return cls_; }
  [[nodiscard]] TokenId sep() const { return sep_; }
  [[nodiscard]] TokenId pad() const { return pad_; }
  [[nodiscard]] TokenId unknown() const { return unknown_; }

 private:
  WordPiece(PieceTrie pieces, Normalization normalization)
      : pieces_(std::move(pieces)), normalization_(normalization) {}

  struct Literal {
    std::size_t at;
    std::size_t length;
    TokenId id;
  };

  void learn_special(std::string_view piece, TokenId id);
  [[nodiscard]] Result<Done> check_specials() const;
  [[nodiscard]] Literal next_literal(std::string_view text) const;
  template <typename Emit>
  bool emit_words(std::string_view text, Emit emit) const;
  template <typename Emit>
  bool emit_pieces(std::string_view word, Emit emit) const;
  template <typename Emit>
  void emit_all(std::string_view text, Emit emit) const;

  PieceTrie pieces_;
  Normalization normalization_;
  std::vector<std::pair<std::string, TokenId>> specials_;
  std::size_t vocabulary_size_ = 0;
  TokenId cls_ = PieceTrie::kNone;
  TokenId sep_ = PieceTrie::kNone;
  TokenId pad_ = PieceTrie::kNone;
  TokenId unknown_ = PieceTrie::kNone;
};

/// Counts in word pieces. Thread-safe; the tokenizer must outlive it.
class WordPieceCounter final : public TokenCounter {
 public:
  WordPieceCounter(const WordPiece& tokenizer, std::size_t window)
      : tokenizer_(&tokenizer), window_(window) {}
  [[nodiscard]] std::size_t count(std::string_view text) const override {
    return tokenizer_->count(text);
  }
  [[nodiscard]] std::size_t window() const override { return window_; }

 private:
  const WordPiece* tokenizer_;
  std::size_t window_;
};

}  // namespace freshet::index
