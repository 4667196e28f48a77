#include "index/encoding/wordpiece.h"

#include <array>

#include "base/utf8.h"

namespace freshet::index {
namespace {

using Place = PieceTrie::Place;

constexpr std::array<std::string_view, 5> kSpecials{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
constexpr std::size_t kMostPiecesPerWord = WordReader::kMostCharacters;

/// The next line without its end, which is taken off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
    line.remove_suffix(1);
  }
  return line;
}

}  // namespace

Result<WordPiece> WordPiece::create(std::string_view vocabulary, Normalization normalization) {
  if (vocabulary.size() > PieceTrie::kMostBytes) {
    return Error{ErrorKind::Invalid, "the vocabulary is larger than 16 MiB"};
  }
  if (!is_valid_utf8(vocabulary)) return Error{ErrorKind::Invalid, "the vocabulary is not UTF-8"};
  WordPiece tokenizer(PieceTrie(vocabulary.size()), normalization);
  TokenId id = 0;
  for (; !vocabulary.empty(); ++id) {
    const std::string_view piece = take_line(vocabulary);
    tokenizer.learn_special(piece, id);
    const bool continues = piece.starts_with("##");
    if (continues)
      tokenizer.pieces_.add(Place::Continuation, piece.substr(2), id);
    else
      tokenizer.pieces_.add(Place::Start, piece, id);
  }
  tokenizer.vocabulary_size_ = id;
  FRESHET_CHECK(tokenizer.check_specials());
  return tokenizer;
}

void WordPiece::learn_special(std::string_view piece, TokenId id) {
  for (const std::string_view special : kSpecials) {
    if (piece == special) specials_.emplace_back(special, id);
  }
  if (piece == "[CLS]") cls_ = id;
  if (piece == "[SEP]") sep_ = id;
  if (piece == "[PAD]") pad_ = id;
  if (piece == "[UNK]") unknown_ = id;
}

Result<Done> WordPiece::check_specials() const {
  for (const TokenId id : {cls_, sep_, pad_, unknown_}) {
    if (id == PieceTrie::kNone) {
      return Error{ErrorKind::Invalid, "the vocabulary lacks [CLS], [SEP], [PAD] or [UNK]"};
    }
  }
  return Done{};
}

/// The first special token written out in `text`; at the end of the text with length 0 if there is
/// none.
WordPiece::Literal WordPiece::next_literal(std::string_view text) const {
  for (std::size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    for (const auto& [special, id] : specials_) {
      if (text.substr(at).starts_with(special)) return {at, special.size(), id};
    }
  }
  return {text.size(), 0, unknown_};
}

/// emit(id) says whether to go on, and so does this.
template <typename Emit>
bool WordPiece::emit_pieces(std::string_view word, Emit emit) const {
  std::array<TokenId, kMostPiecesPerWord> ids;
  std::size_t count = 0;
  for (Place place = Place::Start; !word.empty(); place = Place::Continuation) {
    const auto match = pieces_.longest(place, word);
    if (match.length == 0) return emit(unknown_);
    ids[count++] = match.id;
    word.remove_prefix(match.length);
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (!emit(ids[i])) return false;
  }
  return true;
}

template <typename Emit>
bool WordPiece::emit_words(std::string_view text, Emit emit) const {
  WordReader reader(text, normalization_);
  while (reader.next()) {
    if (!(reader.too_long() ? emit(unknown_) : emit_pieces(reader.word(), emit))) return false;
  }
  return true;
}

template <typename Emit>
void WordPiece::emit_all(std::string_view text, Emit emit) const {
  while (!text.empty()) {
    const Literal literal = next_literal(text);
    if (!emit_words(text.substr(0, literal.at), emit)) return;
    if (literal.length > 0 && !emit(literal.id)) return;
    text.remove_prefix(literal.at + literal.length);
  }
}

std::vector<TokenId> WordPiece::tokenize(std::string_view text, std::size_t limit) const {
  std::vector<TokenId> ids;
  if (limit == 0) return ids;
  emit_all(text, [&](TokenId id) {
    ids.push_back(id);
    return ids.size() < limit;
  });
  return ids;
}

std::size_t WordPiece::count(std::string_view text) const {
  std::size_t count = 0;
  emit_all(text, [&](TokenId) { return ++count != 0; });
  return count;
}

}  // namespace freshet::index
