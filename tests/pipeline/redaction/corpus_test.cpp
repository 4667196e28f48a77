#include "tests/pipeline/redaction/corpus.h"

#include <algorithm>
#include <iostream>

#include <gmock/gmock.h>

namespace freshet::testing {
namespace {

using pipeline::Personal;
using pipeline::PersonalSpan;

constexpr std::size_t kSentences = 30000;
constexpr std::uint64_t kSeed = 20261121;

struct Score {
  std::size_t there = 0;
  std::size_t found = 0;  ///< Of those: every byte is covered by spans of any kind.
  std::size_t claimed = 0;
  std::size_t right = 0;  ///< Of those: overlaps something personal of its kind.
};

bool covered(const PersonalSpan& wanted, const std::vector<PersonalSpan>& found) {
  std::size_t at = wanted.begin;
  for (const PersonalSpan& span : found) {
    if (span.begin <= at && at < span.end) at = span.end;
  }
  return at >= wanted.end;
}

bool overlaps_its_kind(const PersonalSpan& claimed, const std::vector<PersonalSpan>& there) {
  return std::any_of(there.begin(), there.end(), [&](const PersonalSpan& span) {
    return span.kind == claimed.kind && span.begin < claimed.end && claimed.begin < span.end;
  });
}

std::array<Score, pipeline::kPersonalKinds> scores(std::uint64_t seed, std::size_t count,
                                                   std::vector<std::string>& mistakes) {
  std::array<Score, pipeline::kPersonalKinds> all{};
  for (const Sentence& sentence : personal_corpus(seed, count)) {
    const auto found = pipeline::find_personal(sentence.text);
    for (const PersonalSpan& span : sentence.personal) {
      Score& score = all.at(static_cast<std::size_t>(span.kind));
      ++score.there;
      const bool is_found = covered(span, found);
      score.found += is_found ? 1 : 0;
      if (!is_found)
        mistakes.push_back("missed " + sentence.text.substr(span.begin, span.end - span.begin) +
                           " in: " + sentence.text);
    }
    for (const PersonalSpan& span : found) {
      Score& score = all.at(static_cast<std::size_t>(span.kind));
      ++score.claimed;
      const bool is_right = overlaps_its_kind(span, sentence.personal);
      score.right += is_right ? 1 : 0;
      if (!is_right)
        mistakes.push_back("ate " + sentence.text.substr(span.begin, span.end - span.begin) +
                           " in: " + sentence.text);
    }
  }
  return all;
}

double share(std::size_t part, std::size_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

TEST(PersonalCorpus, IsFoundWithFewMistakes) {
  std::vector<std::string> mistakes;
  const auto all = scores(kSeed, kSentences, mistakes);

  for (std::size_t kind = 0; kind < all.size(); ++kind) {
    const Score& score = all.at(kind);
    const auto name = name_of(static_cast<Personal>(kind));
    std::cout << name << ": recall " << score.found << "/" << score.there << " = "
              << share(score.found, score.there) << ", precision " << score.right << "/"
              << score.claimed << " = " << share(score.right, score.claimed) << "\n";
    EXPECT_GE(share(score.found, score.there), 0.98) << name;
    EXPECT_GE(share(score.right, score.claimed), 0.95) << name;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(10, mistakes.size()); ++i) {
    std::cout << "  " << mistakes[i] << "\n";
  }
}

TEST(PersonalCorpus, IsTheSameForTheSameSeed) {
  const auto once = personal_corpus(7, 50);
  const auto again = personal_corpus(7, 50);

  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_EQ(once[i].text, again[i].text);
  EXPECT_NE(once[0].text, personal_corpus(8, 1)[0].text);
}

}  // namespace
}  // namespace freshet::testing
