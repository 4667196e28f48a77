#include "index/keyword/tokens.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "index/keyword/characters.h"

namespace freshet::index {
namespace {

constexpr std::string_view kConnectors = "._-/:@+#&\\~";
constexpr std::size_t kMaxConnectors = 2;         // "::", "//", "--"
constexpr std::size_t kMaxIdentifierBytes = 256;  // Longer ones are data, not names.
constexpr std::size_t kMaxContractionBytes =
    2;  // n't, 's, 'll, 've: the rest of the word is as short.

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (at_ < text_.size()) {
      const CodePoint next = decode_utf8(text_.substr(at_));
      if (next.valid && is_word_character(next.value)) {
        read_compound();
      } else {
        at_ += next.length;
      }
    }
    return std::move(tokens_);
  }

 private:
  /// Runs of word characters joined by connectors.
  void read_compound() {
    const std::size_t begin = at_;
    std::size_t runs = 0;
    std::size_t joined = 0;
    do {
      read_run();
      ++runs;
      joined = connectors_before_word(at_);
      at_ += joined;
    } while (joined > 0);
    const std::size_t end = at_ + suffix_length(at_);
    add_identifiers(begin, end, runs > 1 || end > at_);
    at_ = end;
  }

  void read_run() {
    const std::size_t begin = at_;
    std::size_t unspaced = text_.npos;
    at_ = end_of_run(at_, unspaced);
    if (unspaced == text_.npos) {
      add(TokenKind::Word, begin, at_);
      add_camel_case_parts(begin, at_);
    } else {
      add_unspaced(begin, at_);
    }
  }

  /// Sets `unspaced` to the first character of a script without spaces.
  std::size_t end_of_run(std::size_t from, std::size_t& unspaced) const {
    while (from < text_.size()) {
      const CodePoint next = decode_utf8(text_.substr(from));
      if (!next.valid || !is_word_character(next.value)) {
        const std::size_t contraction = contraction_length(from);
        return from + contraction;
      }
      if (unspaced == text_.npos && is_unspaced_character(next.value)) unspaced = from;
      from += next.length;
    }
    return from;
  }

  /// An apostrophe with at most two letters behind it belongs to the word (don't); l'adresse is two
  /// words.
  [[nodiscard]] std::size_t contraction_length(std::size_t from) const {
    const CodePoint mark = decode_utf8(text_.substr(from));
    if (mark.value != U'\'' && mark.value != U'\u2019') return 0;
    std::size_t end = from + mark.length;
    while (end < text_.size() && is_ascii_letter(text_[end])) ++end;
    const std::size_t letters = end - from - mark.length;
    if (letters == 0 || letters > kMaxContractionBytes) return 0;
    if (end < text_.size() && is_word_character(decode_utf8(text_.substr(end)).value)) return 0;
    return end - from;
  }

  static bool is_ascii_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
  }

  /// How many connectors stand at `from` with a word behind them; 0 when there is none.
  [[nodiscard]] std::size_t connectors_before_word(std::size_t from) const {
    std::size_t count = 0;
    while (from + count < text_.size() && count <= kMaxConnectors &&
           kConnectors.find(text_[from + count]) != kConnectors.npos) {
      ++count;
    }
    if (count == 0 || count > kMaxConnectors || from + count == text_.size()) return 0;
    const CodePoint next = decode_utf8(text_.substr(from + count));
    return next.valid && is_word_character(next.value) ? count : 0;
  }

  /// "++" of C++, "#" of C#.
  [[nodiscard]] std::size_t suffix_length(std::size_t from) const {
    const std::string_view rest = text_.substr(from);
    if (rest.starts_with("++")) return 2;
    return rest.starts_with("#") ? 1 : 0;
  }

  void add_identifiers(std::size_t begin, std::size_t end, bool compound) {
    if (end - begin > kMaxIdentifierBytes) return;
    const std::size_t dashes = flag_dashes(begin);
    if (dashes > 0) add(TokenKind::Identifier, begin - dashes, end);
    if (!compound) return;
    const bool version = end - begin > 2 && (text_[begin] == 'v' || text_[begin] == 'V') &&
                         text_[begin + 1] >= '0' && text_[begin + 1] <= '9';
    add(TokenKind::Identifier, version ? begin + 1 : begin, end);
  }

  /// Dashes of a command-line flag before `begin`: one or two, and nothing of a word before them.
  [[nodiscard]] std::size_t flag_dashes(std::size_t begin) const {
    std::size_t dashes = 0;
    while (dashes < begin && dashes <= kMaxConnectors && text_[begin - dashes - 1] == '-') ++dashes;
    if (dashes == 0 || dashes > kMaxConnectors || !is_ascii_letter(text_[begin])) return 0;
    if (dashes == begin) return dashes;
    constexpr std::string_view kBeforeFlag = " \t\r\n\"'`([{<=|,";
    return kBeforeFlag.find(text_[begin - dashes - 1]) != kBeforeFlag.npos ? dashes : 0;
  }

  /// "HTTPServer" is HTTP and Server, "getName" is get and Name.
  void add_camel_case_parts(std::size_t begin, std::size_t end) {
    std::size_t part = begin;
    for (std::size_t at = begin; at < end;) {
      const CodePoint here = decode_utf8(text_.substr(at));
      const std::size_t next = at + here.length;
      if (at > part && starts_part(part, at, end)) {
        add(TokenKind::Part, part, at);
        part = at;
      }
      at = next;
    }
    if (part > begin) add(TokenKind::Part, part, end);
  }

  [[nodiscard]] bool starts_part(std::size_t part, std::size_t at, std::size_t end) const {
    const CodePoint here = decode_utf8(text_.substr(at));
    if (!is_upper_case(here.value)) return false;
    if (is_lower_case(previous(part, at))) return true;
    const std::size_t next = at + here.length;
    return next < end && is_upper_case(previous(part, at)) &&
           is_lower_case(decode_utf8(text_.substr(next)).value);
  }

  [[nodiscard]] char32_t previous(std::size_t begin, std::size_t at) const {
    std::size_t start = at - 1;
    while (start > begin && (static_cast<unsigned char>(text_[start]) & 0xC0U) == 0x80U) --start;
    return decode_utf8(text_.substr(start)).value;
  }

  /// Latin words inside stay words; the other characters are looked up alone and in pairs.
  void add_unspaced(std::size_t begin, std::size_t end) {
    std::size_t word = begin;
    std::size_t before = text_.npos;
    for (std::size_t at = begin; at < end;) {
      const CodePoint here = decode_utf8(text_.substr(at));
      const std::size_t next = at + here.length;
      if (is_unspaced_character(here.value)) {
        add(TokenKind::Word, word, at);
        add(TokenKind::Character, at, next);
        if (before != text_.npos) add(TokenKind::Gram, before, next);
        before = at;
        word = next;
      } else if (at == word) {
        before = text_.npos;
      }
      at = next;
    }
    add(TokenKind::Word, word, end);
  }

  void add(TokenKind kind, std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    const std::string_view surface = text_.substr(begin, end - begin);
    std::string folded = fold(surface);
    if (!folded.empty()) tokens_.push_back({kind, std::move(folded), surface});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text) {
  return Tokenizer(text).run();
}

}  // namespace freshet::index
