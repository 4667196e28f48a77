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

constexpr std::array<std::string_view, 102> kEnglishQuestion{
    "am",      "aren't", "been",    "being",     "can't",     "cannot",    "could",   "couldn't",
    "did",     "didn't", "do",      "does",      "doesn't",   "doing",     "don't",   "had",
    "hadn't",  "has",    "hasn't",  "have",      "haven't",   "having",    "he",      "he'd",
    "he'll",   "he's",   "her",     "here's",    "hers",      "herself",   "him",     "himself",
    "his",     "how",    "how's",   "i",         "i'd",       "i'll",      "i'm",     "i've",
    "isn't",   "it's",   "its",     "itself",    "let's",     "me",        "mustn't", "my",
    "myself",  "ought",  "our",     "ours",      "ourselves", "shan't",    "she",     "she'd",
    "she'll",  "she's",  "should",  "shouldn't", "that's",    "theirs",    "them",    "themselves",
    "there's", "they'd", "they'll", "they're",   "they've",   "those",     "wasn't",  "we",
    "we'd",    "we'll",  "we're",   "we've",     "were",      "weren't",   "what",    "what's",
    "when",    "when's", "where",   "where's",   "which",     "who",       "who's",   "whom",
    "why",     "why's",  "won't",   "would",     "wouldn't",  "you",       "you'd",   "you'll",
    "you're",  "you've", "your",    "yours",     "yourself",  "yourselves"};
static_assert(std::is_sorted(kEnglishQuestion.begin(), kEnglishQuestion.end()));

}  // namespace

bool is_stop_word(std::string_view folded_word, std::string_view language) {
  if (!language.empty() && language != "en") return false;
  return std::binary_search(kEnglish.begin(), kEnglish.end(), folded_word);
}

bool is_question_word(std::string_view folded_word, std::string_view language) {
  if (!language.empty() && language != "en") return false;
  return std::binary_search(kEnglishQuestion.begin(), kEnglishQuestion.end(), folded_word);
}

}  // namespace freshet::index
