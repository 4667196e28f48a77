#include <cmath>
#include <map>
#include <random>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/index/keyword/keyword_corpus.h"

namespace freshet::index {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;
using testing::KeywordCorpus;
using testing::SmallPassage;
using testing::Succeeds;

/// Passages of invented words that have neither stems nor stop words, with a few frequent ones.
std::vector<SmallPassage> invented_passages(std::size_t count, PassageNumber first) {
  std::mt19937 random(7);
  std::vector<SmallPassage> passages;
  for (std::size_t at = 0; at < count; ++at) {
    std::string text;
    const std::size_t words = 3 + random() % 40;
    for (std::size_t word = 0; word < words; ++word) {
      const std::size_t rank = std::min(random() % 60, random() % 60);
      text += "x" + std::to_string(rank) + " ";
    }
    passages.push_back({.number = static_cast<PassageNumber>(first + at), .text = text});
  }
  return passages;
}

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// BM25 as the textbook writes it: no index, no shared code.
std::map<PassageNumber, double> textbook_bm25(const std::vector<SmallPassage>& passages,
                                              const std::string& query) {
  double total_length = 0;
  for (const auto& passage : passages)
    total_length += static_cast<double>(words_of(passage.text).size());
  const auto documents = static_cast<double>(passages.size());
  std::map<PassageNumber, double> scores;
  for (const std::string& term : words_of(query)) {
    double with_term = 0;
    for (const auto& passage : passages) {
      const auto words = words_of(passage.text);
      with_term += std::count(words.begin(), words.end(), term) > 0 ? 1 : 0;
    }
    const double idf = std::log(1 + (documents - with_term + 0.5) / (with_term + 0.5));
    for (const auto& passage : passages) {
      const auto words = words_of(passage.text);
      const auto frequency = static_cast<double>(std::count(words.begin(), words.end(), term));
      const double relative = static_cast<double>(words.size()) / (total_length / documents);
      if (frequency > 0) {
        scores[passage.number] += idf * frequency / (frequency + 0.9 * (1 - 0.4 + 0.4 * relative));
      }
    }
  }
  return scores;
}

constexpr const char* kQuery = "x1 x17 x30 x55 x1";

TEST(KeywordScores, EqualTheTextbooksBm25) {
  const auto passages = invented_passages(300, 1);
  const KeywordCorpus corpus({passages});

  const KeywordMatches matches = corpus.search(kQuery);

  const auto expected = textbook_bm25(passages, kQuery);
  ASSERT_EQ(matches.hits.size(), expected.size());
  for (const KeywordHit& hit : matches.hits) {
    EXPECT_THAT(hit.bm25, DoubleNear(expected.at(hit.number), 1e-9));
  }
}

TEST(KeywordScores, AreTheSameOverSeveralSegmentsAsOverOne) {
  auto passages = invented_passages(300, 1000);  // Numbers need not start at 1.
  const KeywordCorpus one({passages});
  const KeywordCorpus several({{passages.begin(), passages.begin() + 7},
                               {passages.begin() + 7, passages.begin() + 200},
                               {passages.begin() + 200, passages.end()}});

  const auto expected = one.search(kQuery);
  const auto found = several.search(kQuery);

  ASSERT_EQ(found.hits.size(), expected.hits.size());
  for (std::size_t at = 0; at < found.hits.size(); ++at) {
    EXPECT_EQ(found.hits[at].number, expected.hits[at].number);
    EXPECT_THAT(found.hits[at].bm25, DoubleNear(expected.hits[at].bm25, 1e-9));
  }
  EXPECT_THAT(found.mean, DoubleNear(expected.mean, 1e-9));
  EXPECT_THAT(found.deviation, DoubleNear(expected.deviation, 1e-9));
}

TEST(KeywordScores, BreakTiesByPassageNumber) {
  std::vector<SmallPassage> odd;
  std::vector<SmallPassage> even;
  for (PassageNumber number = 1; number <= 40; ++number) {
    (number <= 20 ? even : odd).push_back({.number = number, .text = "same words"});
  }
  const KeywordCorpus corpus({odd, even});

  const auto hits = corpus.open().search("same", corpus.all(), 30);

  ASSERT_THAT(hits, Succeeds());
  ASSERT_EQ(hits->hits.size(), 30U);
  for (std::size_t at = 0; at < 30; ++at) EXPECT_EQ(hits->hits[at].number, at + 1);
  EXPECT_EQ(hits->matches, 40U);
}

/// Restricting must give what leaving out of the full ranking gives.
void expect_restriction(const KeywordCorpus& corpus, const PassageSet& allowed) {
  std::vector<KeywordHit> expected;
  double sum = 0;
  double squares = 0;
  for (const KeywordHit& hit : corpus.search(kQuery).hits) {
    if (!allowed.contains(hit.number)) continue;
    expected.push_back(hit);
    sum += hit.bm25;
    squares += hit.bm25 * hit.bm25;
  }
  const auto count = static_cast<double>(expected.size());

  const KeywordMatches matches = corpus.search(kQuery, allowed);

  ASSERT_EQ(matches.hits.size(), expected.size());
  EXPECT_EQ(matches.matches, expected.size());
  for (std::size_t at = 0; at < expected.size(); ++at) {
    EXPECT_EQ(matches.hits[at].number, expected[at].number);
    EXPECT_THAT(matches.hits[at].bm25, DoubleEq(expected[at].bm25));
  }
  ASSERT_GT(count, 0);
  EXPECT_THAT(matches.mean, DoubleNear(sum / count, 1e-9));
  EXPECT_THAT(matches.deviation,
              DoubleNear(std::sqrt(squares / count - (sum / count) * (sum / count)), 1e-9));
}

TEST(KeywordScores, StayWhatTheyAreWhenMostIsAllowed) {
  const auto passages = invented_passages(300, 1);
  const KeywordCorpus corpus(
      {{passages.begin(), passages.begin() + 100}, {passages.begin() + 100, passages.end()}});
  PassageSet most = corpus.all();
  for (PassageNumber number = 1; number <= 300; number += 5) most.remove(number);

  expect_restriction(corpus, most);
}

TEST(KeywordScores, StayWhatTheyAreWhenLittleIsAllowed) {
  const auto passages = invented_passages(300, 1);
  const KeywordCorpus corpus(
      {{passages.begin(), passages.begin() + 100}, {passages.begin() + 100, passages.end()}});
  PassageSet few;
  for (PassageNumber number = 3; number <= 400; number += 29) few.add(number);

  expect_restriction(corpus, few);
}

TEST(KeywordScores, AreGivenForAnyPassages) {
  const auto passages = invented_passages(300, 1);
  const KeywordCorpus corpus(
      {{passages.begin(), passages.begin() + 100}, {passages.begin() + 100, passages.end()}});
  const auto expected = textbook_bm25(passages, kQuery);
  const std::vector<PassageNumber> numbers{299, 3, 3, 150, 7000, 42, 1};

  ASSERT_SUCCEEDS(const auto scores, corpus.open().score(kQuery, numbers));

  ASSERT_EQ(scores.size(), numbers.size());
  for (std::size_t at = 0; at < numbers.size(); ++at) {
    const auto score = expected.find(numbers[at]);
    EXPECT_THAT(scores[at], DoubleNear(score == expected.end() ? 0.0 : score->second, 1e-9));
  }
}

TEST(KeywordScores, DeadPassagesWeighNothing) {
  const std::vector<SmallPassage> live{{1, "restore a backup from the vault"},
                                       {3, "the vault is locked"},
                                       {5, "prune the vault and the backup catalogue every night"}};
  auto with_dead = live;
  with_dead.insert(with_dead.begin() + 1,
                   {2, "vault vault vault backup of something very long indeed"});
  const KeywordCorpus clean({live});
  KeywordCorpus grown({with_dead, {{7, "locked vault, dead segment"}}});
  grown.bury({2, 7});

  for (const char* query : {"vault", "locked backup", "prune the vault every night"}) {
    const auto expected = clean.search(query);
    const auto actual = grown.search(query);

    ASSERT_EQ(actual.hits.size(), expected.hits.size()) << query;
    for (std::size_t at = 0; at < expected.hits.size(); ++at) {
      EXPECT_EQ(actual.hits[at].number, expected.hits[at].number) << query;
      EXPECT_DOUBLE_EQ(actual.hits[at].bm25, expected.hits[at].bm25) << query;
    }
    EXPECT_DOUBLE_EQ(actual.mean, expected.mean) << query;
  }
}

}  // namespace
}  // namespace freshet::index
