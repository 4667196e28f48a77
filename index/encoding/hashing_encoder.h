#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/encoder.h"

namespace freshet::index {

/// Counts words: runs of letters and digits of at most 32 characters; every ideograph is a word of
/// its own.
class WordCounter final : public TokenCounter {
 public:
  explicit WordCounter(std::size_t window) : window_(window) {}
  [[nodiscard]] std::size_t count(std::string_view text) const override;
  [[nodiscard]] std::size_t window() const override { return window_; }

 private:
  std::size_t window_;
};

/// No semantic understanding: for tests and air-gapped trials. Signed feature hashing (Weinberger
/// et al. 2009, "Feature Hashing for Large Scale Multitask Learning") of case-folded words, word
/// pairs and character trigrams, so texts are near when they share spelling. The same on every
/// machine; needs no files. Prefixes mean nothing to it and are ignored. Thread-safe.
class HashingEncoder final : public Encoder {
 public:
  /// Invalid unless 8 <= settings.dimension <= 65536.
  static Result<std::unique_ptr<Encoder>> create(const config::EncoderSettings& settings);
  /// Invalid as above.
  static Result<std::string> id_for(const config::EncoderSettings& settings);

  /// For create(), which checks what is given here.
  HashingEncoder(std::string id, std::size_t dimension, std::size_t window)
      : id_(std::move(id)), dimension_(dimension), counter_(window) {}

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::size_t dimension() const override { return dimension_; }
  [[nodiscard]] const TokenCounter& tokens() const override { return counter_; }
  Result<std::vector<Embedding>> encode(std::span<const std::string_view> texts, TextRole role,
                                        const Interruption& interruption) const override;

 private:
  std::string id_;
  std::size_t dimension_;
  WordCounter counter_;
};

}  // namespace freshet::index
