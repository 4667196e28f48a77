#include "index/keyword/stop_words.h"

#include <algorithm>
#include <array>

namespace freshet::index {
namespace {

constexpr std::array<std::string_view, 33> kEnglish{
    "a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
    "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
    "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"};
static_assert(std::is_sorted(kEnglish.begin(), kEnglish.end()));

}  // namespace

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  if (!language.empty() && language != "en") return false;
  return std::binary_search(kEnglish.begin(), kEnglish.end(), folded_word);
}

}  // namespace freshet::index
