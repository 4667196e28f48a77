#include "index/encoding/hashing_encoder.h"

#include <cmath>
#include <numeric>

#include "index/encoding/catalog.h"
#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;

config::EncoderSettings hashing(std::size_t dimension = 256) {
  config::EncoderSettings settings;
  settings.kind = config::EncoderKind::Hashing;
  settings.dimension = dimension;
  return settings;
}

std::vector<Embedding> encode(const std::vector<std::string_view>& texts) {
  auto encoder = create_encoder(hashing());
  EXPECT_TRUE(encoder.has_value());
  auto vectors = (*encoder)->encode(texts, TextRole::Passage, Interruption{});
  EXPECT_TRUE(vectors.has_value());
  return *std::move(vectors);
}

float cosine(const Embedding& one, const Embedding& other) {
  return std::inner_product(one.begin(), one.end(), other.begin(), 0.0F);
}

TEST(HashingEncoder, GivesUnitVectorsInOrderForAnyBytes) {
  const auto vectors = encode(
      {"reset the password", "", "\xff\xfe\x80", "???", "日本語の文書", "reset the password"});

  ASSERT_EQ(vectors.size(), 6U);
  for (const auto& vector : vectors) {
    EXPECT_EQ(vector.size(), 256U);
    EXPECT_NEAR(cosine(vector, vector), 1.0F, 1e-5F);
  }
  EXPECT_EQ(vectors.front(), vectors.back());
}

TEST(HashingEncoder, PutsTextsThatShareWordsNearerThanOthers) {
  const auto vectors = encode({"How do I reset my password?", "Resetting the PASSWORD of a user",
                               "Invoices are sent by post every month"});

  EXPECT_GT(cosine(vectors[0], vectors[1]), cosine(vectors[0], vectors[2]) + 0.1F);
}

TEST(HashingEncoder, SaysThatItUnderstandsNothing) {
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(hashing()));

  EXPECT_THAT(encoder->description(), HasSubstr("no semantic understanding"));
}

TEST(HashingEncoder, HasTheIdThatTheCatalogForetells) {
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(hashing(64)));
  ASSERT_SUCCEEDS(const auto foretold, encoder_id(hashing(64), "/nonexistent"));
  ASSERT_SUCCEEDS(const auto other, encoder_id(hashing(128), "/nonexistent"));

  EXPECT_EQ(encoder->id(), foretold);
  EXPECT_NE(foretold, other);
}

TEST(HashingEncoder, RefusesADimensionThatCannotBeUseful) {
  EXPECT_THAT(create_encoder(hashing(7)),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.dimension")));
  EXPECT_THAT(create_encoder(hashing(65537)), FailsWith(ErrorKind::Invalid, HasSubstr("65537")));
}

TEST(HashingEncoder, StopsWhenInterrupted) {
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(hashing()));
  std::stop_source stop;
  stop.request_stop();
  const SystemClock clock;
  const std::vector<std::string_view> texts{"one"};

  EXPECT_THAT(encoder->encode(texts, TextRole::Query, Interruption{stop.get_token(), clock, {}}),
              FailsWith(ErrorKind::Interrupted, HasSubstr("interrupted")));
}

TEST(HashingEncoder, CutsTextBeyondItsWindow) {
  auto settings = hashing();
  settings.max_tokens = 2;
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(settings));
  const std::vector<std::string_view> texts{"alpha beta", "alpha beta gamma"};

  ASSERT_SUCCEEDS(const auto vectors, encoder->encode(texts, TextRole::Passage, Interruption{}));

  EXPECT_EQ(vectors[0], vectors[1]);
}

TEST(WordCounter, CountsWordsIdeographsAndPiecesOfLongRuns) {
  const WordCounter counter{10};

  EXPECT_EQ(counter.count(""), 0U);
  EXPECT_EQ(counter.count("E_1042: can't"), 4U);
  EXPECT_EQ(counter.count("日本語"), 3U);
  EXPECT_EQ(counter.count(std::string(32, 'a')), 1U);
  EXPECT_EQ(counter.count(std::string(33, 'a')), 2U);
  EXPECT_EQ(counter.window(), 10U);
}

}  // namespace
}  // namespace freshet::index
