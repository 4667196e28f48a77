#include "index/keyword/terms.h"

#include <utility>

#include <xapian.h>

#include "base/hash.h"
#include "index/keyword/characters.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMaxTermBytes = 245;  // Xapian throws beyond it.

std::string bounded(std::string term) {
  if (term.size() <= kMaxTermBytes) return term;
  return "H" + to_hex(hash128(term));
}

Xapian::Stem stemmer_for(std::string_view language) {
  if (language.empty()) return {};
  try {
    return Xapian::Stem(std::string(language));
  } catch (const Xapian::InvalidArgumentError&) {
    return {};  // No stemmer for that language: words are found as they are written.
  }
}

}  // namespace

struct TermNames::Stemmer {
  Xapian::Stem stem;
};

TermNames::TermNames(std::string_view language)
    : stemmer_(std::make_unique<Stemmer>(Stemmer{stemmer_for(language)})) {}
TermNames::TermNames(TermNames&&) noexcept = default;
TermNames& TermNames::operator=(TermNames&&) noexcept = default;
TermNames::~TermNames() = default;

std::string TermNames::term(const Token& token) const {
  if (token.kind == TokenKind::Identifier) return bounded("I" + token.text);
  const bool as_written = token.kind == TokenKind::Gram || token.kind == TokenKind::Character ||
                          has_digit(token.text) || token.text.size() > kMaxTermBytes;
  if (as_written) return bounded(token.text);
  std::string stem = stemmer_->stem(token.text);
  return bounded(stem.empty() ? token.text : std::move(stem));
}

}  // namespace freshet::index
