#include "pipeline/passages/cut.h"

#include <algorithm>

#include "base/utf8.h"
#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using std::string_view;

constexpr std::size_t kBytesPerToken = 40;
constexpr std::size_t kLongestCharacter = 4;

enum class Unit { Sentence, Line, Word };

bool ends_wide_sentence(string_view text, std::size_t end) {
  const string_view before = text.substr(0, end);
  return before.ends_with("。") || before.ends_with("！") || before.ends_with("？");
}

bool ends_unit(string_view text, std::size_t end, Unit unit) {
  const char last = text[end - 1];
  if (last == '\n') return true;
  if (unit == Unit::Line) return false;
  const bool before_word = end < text.size() && !is_blank(text[end]);
  if (unit == Unit::Word) return is_blank(last) && before_word;
  if (ends_wide_sentence(text, end)) return true;
  if (!is_blank(last) || !before_word || end < 2) return false;
  const char mark = text[end - 2];
  return mark == '.' || mark == '!' || mark == '?' || mark == ';' || mark == ':';
}

std::size_t end_of_unit(string_view text, std::size_t from, Unit unit) {
  std::size_t end = from + 1;
  while (end < text.size() && !ends_unit(text, end, unit)) ++end;
  return end;
}

class Cutter {
 public:
  Cutter(std::size_t budget, const index::TokenCounter& tokens)
      : budget_(budget), tokens_(tokens) {}

  void cut_units(string_view text, Unit unit) {
    std::size_t begin = 0;
    std::size_t cost = 0;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = end_of_unit(text, at, unit);
      const string_view piece = text.substr(at, end - at);
      const std::size_t added = cost_of(piece, tokens_);
      if (cost + added > budget_) {
        add(text.substr(begin, at - begin));
        begin = at;
        cost = 0;
      }
      if (added > budget_) {
        cut_smaller(piece, unit);
        begin = end;
      } else {
        cost += added;
      }
      at = end;
    }
    add(text.substr(begin));
  }

  std::vector<string_view> pieces() { return std::move(pieces_); }

 private:
  void cut_smaller(string_view text, Unit unit) {
    if (unit == Unit::Word) return cut_characters(text);
    cut_units(text, Unit::Word);
  }

  void cut_characters(string_view text) {
    std::vector<string_view> todo{text};
    while (!todo.empty()) {
      const string_view piece = todo.back();
      todo.pop_back();
      const std::size_t cost = cost_of(piece, tokens_);
      if (cost <= budget_ || piece.size() <= kLongestCharacter) {
        add(piece);
        continue;
      }
      const std::size_t parts = std::max<std::size_t>(2, (cost + budget_ - 1) / budget_);
      const std::size_t from = todo.size();
      for (string_view rest = piece; !rest.empty();) {
        const std::size_t size = std::max(piece.size() / parts, kLongestCharacter);
        const string_view part = truncate_utf8(rest, size);
        todo.push_back(part.empty() ? rest : part);
        rest.remove_prefix(todo.back().size());
      }
      std::reverse(todo.begin() + static_cast<std::ptrdiff_t>(from), todo.end());
    }
  }

  void add(string_view piece) {
    if (!is_blank(piece)) pieces_.push_back(piece);
  }

  std::size_t budget_;
  const index::TokenCounter& tokens_;
  std::vector<string_view> pieces_;
};

}  // namespace

std::size_t cost_of(string_view text, const index::TokenCounter& tokens) {
  return std::max(tokens.count(text), (text.size() + kBytesPerToken - 1) / kBytesPerToken);
}

std::vector<string_view> cut(string_view text, CutAt at, std::size_t budget,
                             const index::TokenCounter& tokens) {
  Cutter cutter(std::max<std::size_t>(budget, 1), tokens);
  cutter.cut_units(text, at == CutAt::Lines ? Unit::Line : Unit::Sentence);
  return cutter.pieces();
}

}  // namespace freshet::pipeline
