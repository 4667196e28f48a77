#pragma once

#include <cstddef>
#include <string_view>

#include "index/encoding/encoder.h"

namespace freshet::index {

/// Counts tokens for a tokenizer we do not have. Errs on the safe side for the sub-word tokenizers
/// of usual embedding models: a word of ASCII letters counts one token for every three letters
/// begun, a digit, a mark or a line break one each, any other character one for every byte. English
/// comes out half as large again as it is, other scripts more; only text made of random letters can
/// come out smaller. Thread-safe.
class ApproximateCounter final : public TokenCounter {
 public:
  explicit ApproximateCounter(std::size_t window) : window_(window) {}
  [[nodiscard]] std::size_t count(std::string_view text) const override;
  [[nodiscard]] std::size_t window() const override { return window_; }

  /// The longest start of `text` of at most `most` tokens, cut between characters.
  [[nodiscard]] static std::string_view cut(std::string_view text, std::size_t most);

 private:
  std::size_t window_;
};

}  // namespace freshet::index
