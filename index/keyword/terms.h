#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "index/keyword/tokens.h"

namespace freshet::index {

/// Names the index term of a token in one language. Words and parts share one name space (stemmed
/// by Snowball where the language has a stemmer and the word no digit); identifiers have their own,
/// prefix "I", and are never stemmed. Terms above Xapian's limit of 245 bytes are replaced by their
/// hash. One thread owns it.
class TermNames {
 public:
  /// `language` is ISO 639-1; an unknown one means no stemming.
  explicit TermNames(std::string_view language);
  TermNames(TermNames&&) noexcept;
  TermNames& operator=(TermNames&&) noexcept;
  ~TermNames();

  [[nodiscard]] std::string term(const Token& token) const;

 private:
  struct Stemmer;
  std::unique_ptr<Stemmer> stemmer_;
};

}  // namespace freshet::index
