#include "index/keyword/query_terms.h"

#include <algorithm>
#include <cstddef>
#include <map>

#include "base/utf8.h"
#include "index/keyword/bm25.h"
#include "index/keyword/stop_words.h"
#include "index/query.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMaxWordsWithQuotes = 16;
constexpr double kIdentifierWeight = 1.0;
constexpr double kPartWeight = 0.5;

struct Wanted {
  std::vector<std::string> spellings;
  std::string surface;
  double count = 0;
  double weight = 1;
  bool required = false;
};

class QueryReader {
 public:
  QueryReader(std::string_view text, const Languages& languages, const Collection& collection)
      : text_(truncate_utf8(text, kMaxQueryBytes)),
        languages_(languages),
        collection_(collection) {}

  std::vector<QueryTerm> read() {
    tokens_ = tokenize(text_);
    honours_quotes_ = has_balanced_quotes() && words() <= kMaxWordsWithQuotes;
    for (std::size_t at = 0; at < tokens_.size(); ++at) take(at);
    return weigh(content_.empty() ? stop_words_ : content_);
  }

 private:
  using WantedTerms = std::map<std::vector<std::string>, Wanted>;

  void take(std::size_t at) {
    const Token& token = tokens_[at];
    if (token.kind == TokenKind::Word) word_is_known_ = documents_with(spellings(token)) > 0;
    // A camelCase name that the index knows needs no guessing at its parts.
    if (token.kind == TokenKind::Part && word_is_known_) return;
    if (token.kind == TokenKind::Character && is_covered_by_pair(at)) return;
    want(token, is_stop(token) ? stop_words_ : content_);
  }

  void want(const Token& token, WantedTerms& terms) {
    auto names = spellings(token);
    Wanted& wanted = terms[names];
    if (wanted.count == 0) {
      wanted.spellings = std::move(names);
      wanted.surface = to_valid_utf8(token.surface);
      wanted.weight = weight_of(token.kind);
    }
    wanted.count += 1;
    wanted.required = wanted.required || (honours_quotes_ && is_quoted(token));
  }

  static double weight_of(TokenKind kind) {
    if (kind == TokenKind::Identifier) return kIdentifierWeight;
    return kind == TokenKind::Part ? kPartWeight : 1.0;
  }

  [[nodiscard]] bool is_stop(const Token& token) const {
    if (token.kind != TokenKind::Word) return false;
    return std::any_of(languages_.begin(), languages_.end(), [&](const auto& language) {
      return is_stop_word(token.text, language.first) ||
             is_question_word(token.text, language.first);
    });
  }

  [[nodiscard]] std::vector<std::string> spellings(const Token& token) const {
    std::vector<std::string> names;
    for (const auto& [language, terms] : languages_) names.push_back(terms.term(token));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
  }

  [[nodiscard]] double documents_with(const std::vector<std::string>& names) const {
    double documents = 0;
    for (const std::string& name : names) documents += collection_.documents_with(name);
    return std::min(documents, collection_.documents());
  }

  [[nodiscard]] bool is_covered_by_pair(std::size_t at) const {
    const std::string_view character = tokens_[at].surface;
    for (std::size_t next = at + 1; next < std::min(at + 3, tokens_.size()); ++next) {
      const std::string_view pair = tokens_[next].surface;
      if (tokens_[next].kind == TokenKind::Gram && pair.data() <= character.data() &&
          pair.data() + pair.size() >= character.data() + character.size()) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::size_t words() const {
    return static_cast<std::size_t>(
        std::count_if(tokens_.begin(), tokens_.end(),
                      [](const auto& token) { return token.kind == TokenKind::Word; }));
  }

  [[nodiscard]] bool has_balanced_quotes() const {
    const auto quotes = std::count(text_.begin(), text_.end(), '"');
    return quotes > 0 && quotes % 2 == 0;
  }

  [[nodiscard]] bool is_quoted(const Token& token) const {
    const auto before =
        text_.substr(0, static_cast<std::size_t>(token.surface.data() - text_.data()));
    return std::count(before.begin(), before.end(), '"') % 2 == 1;
  }

  [[nodiscard]] std::vector<QueryTerm> weigh(const WantedTerms& wanted_terms) const {
    const double documents = collection_.documents();
    std::vector<QueryTerm> terms;
    for (const auto& [names, wanted] : wanted_terms) {
      const double with_term = documents_with(names);
      if (with_term == 0 && !wanted.required) continue;
      const double rarity = inverse_document_frequency(documents, with_term);
      terms.push_back(
          {names, wanted.surface, rarity * wanted.count * wanted.weight, wanted.required});
    }
    std::stable_sort(terms.begin(), terms.end(), [](const auto& left, const auto& right) {
      return left.factor > right.factor;
    });
    if (terms.size() > kMaxQueryTerms) terms.resize(kMaxQueryTerms);
    return terms;
  }

  std::string_view text_;
  const Languages& languages_;
  const Collection& collection_;
  std::vector<Token> tokens_;
  WantedTerms content_;
  WantedTerms stop_words_;
  bool honours_quotes_ = false;
  bool word_is_known_ = false;
};

}  // namespace

std::vector<QueryTerm> read_query(std::string_view text, const Languages& languages,
                                  const Collection& collection) {
  return QueryReader(text, languages, collection).read();
}

}  // namespace freshet::index
