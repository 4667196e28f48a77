#include "index/encoding/approximate_counter.h"

#include <limits>

#include "base/utf8.h"

namespace freshet::index {
namespace {

constexpr std::size_t kLettersPerToken = 3;

bool is_letter(char32_t character) {
  return (character >= U'a' && character <= U'z') || (character >= U'A' && character <= U'Z');
}

bool is_free(char32_t character) {
  return character == U' ' || character == U'\t' || character == U'\r';
}

struct Reach {
  std::size_t tokens = 0;
  std::size_t bytes = 0;
};

/// How far `most` tokens go.
Reach walk(std::string_view text, std::size_t most) {
  Reach reach;
  std::size_t letters = 0;
  while (reach.bytes < text.size()) {
    const CodePoint point = decode_utf8(text.substr(reach.bytes));
    std::size_t cost = point.length;
    if (is_letter(point.value))
      cost = letters++ % kLettersPerToken == 0 ? 1 : 0;
    else
      letters = 0;
    if (is_free(point.value)) cost = 0;
    if (reach.tokens + cost > most) break;
    reach.tokens += cost;
    reach.bytes += point.length;
  }
  return reach;
}

}  // namespace

std::size_t ApproximateCounter::count(std::string_view text) const {
  return walk(text, std::numeric_limits<std::size_t>::max() / 2).tokens;
}

std::string_view ApproximateCounter::cut(std::string_view text, std::size_t most) {
  return text.substr(0, walk(text, most).bytes);
}

}  // namespace freshet::index
