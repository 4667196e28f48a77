#include "index/encoding/model_directory.h"

#include <numeric>

#include "base/files.h"
#include "index/encoding/catalog.h"
#include "tests/index/encoding/tiny_model.h"
#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::TinyModel;

class ModelFiles : public ::testing::Test {
 protected:
  ModelFiles() {
    write_tiny_model(directory_);
    settings_.kind = config::EncoderKind::Model;
    settings_.model = directory_.path();
    settings_.precision = "f32";
  }

  Embedding encode(std::string_view text) {
    auto encoder = create_encoder(settings_);
    EXPECT_THAT(encoder, testing::Succeeds());
    const std::vector<std::string_view> texts{text};
    auto vectors = (*encoder)->encode(texts, TextRole::Passage, Interruption{});
    EXPECT_THAT(vectors, testing::Succeeds());
    return vectors->front();
  }

  testing::TemporaryDirectory directory_;
  config::EncoderSettings settings_;
};

double cosine(const Embedding& one, const Embedding& other) {
  return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

TEST_F(ModelFiles, NeedNoMoreThanConfigWeightsAndVocabulary) {
  ASSERT_SUCCEEDS(const auto model, read_model_directory(settings_));

  EXPECT_EQ(model.pooling, Pooling::Mean);
  EXPECT_EQ(model.max_tokens, 16U);
  EXPECT_TRUE(model.normalization.lower_case && model.normalization.strip_accents);
  EXPECT_EQ(encode("alpha beta").size(), 8U);
}

TEST_F(ModelFiles, SayHowToPoolAndNormaliseAndWhatToPutBeforeTexts) {
  directory_.write(
      "modules.json",
      R"([{"path":"","type":"a.Transformer"},{"path":"1_Pool","type":"a.models.Pooling"}])");
  directory_.write("1_Pool/config.json",
                   R"({"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false})");
  directory_.write("sentence_bert_config.json", R"({"max_seq_length":12})");
  directory_.write("tokenizer_config.json", R"({"do_lower_case":false,"strip_accents":null})");
  directory_.write("config_sentence_transformers.json",
                   R"({"prompts":{"query":"alpha ","document":"beta "}})");

  ASSERT_SUCCEEDS(const auto model, read_model_directory(settings_));

  EXPECT_EQ(model.pooling, Pooling::Cls);
  EXPECT_EQ(model.max_tokens, 12U);
  EXPECT_FALSE(model.normalization.lower_case || model.normalization.strip_accents);
  EXPECT_EQ(model.query_prefix, "alpha ");
  EXPECT_EQ(model.passage_prefix, "beta ");
}

TEST_F(ModelFiles, GiveWayToTheSettings) {
  directory_.write("config_sentence_transformers.json", R"({"prompts":{"query":"alpha "}})");
  settings_.pooling = "cls";
  settings_.max_tokens = 10;
  settings_.query_prefix = "gamma ";

  ASSERT_SUCCEEDS(const auto model, read_model_directory(settings_));

  EXPECT_EQ(model.pooling, Pooling::Cls);
  EXPECT_EQ(model.max_tokens, 10U);
  EXPECT_EQ(model.query_prefix, "gamma ");
}

TEST_F(ModelFiles, GiveOtherVectorsAndIdsWithOtherPooling) {
  const Embedding mean = encode("alpha beta gamma");
  ASSERT_SUCCEEDS(const auto mean_id, encoder_id(settings_, directory_ / "cache"));
  settings_.pooling = "cls";

  const Embedding cls = encode("alpha beta gamma");
  ASSERT_SUCCEEDS(const auto cls_id, encoder_id(settings_, directory_ / "cache"));

  EXPECT_LT(cosine(mean, cls), 0.999);
  EXPECT_NE(mean_id, cls_id);
}

TEST_F(ModelFiles, MayNameTensorsWithThePrefixAndHoldThemInHalfPrecision) {
  const Embedding plain = encode("alpha betas");

  write_tiny_model(directory_, TinyModel{"bert.", "BF16", "gelu"});

  EXPECT_GT(cosine(plain, encode("alpha betas")), 1 - 1e-5);
}

TEST_F(ModelFiles, MayUseAnotherActivation) {
  const Embedding gelu = encode("alpha betas");

  write_tiny_model(directory_, TinyModel{"", "F32", "gelu_new"});
  const Embedding approximate = encode("alpha betas");
  write_tiny_model(directory_, TinyModel{"", "F32", "relu"});
  const Embedding relu = encode("alpha betas");

  EXPECT_GT(cosine(gelu, approximate), 1 - 1e-4);
  EXPECT_LT(cosine(gelu, relu), 1 - 1e-5);
}

TEST_F(ModelFiles, AreNamedWhenMissingWithTheNextStep) {
  for (const char* name : {"config.json", "model.safetensors", "vocab.txt"}) {
    write_tiny_model(directory_);
    std::filesystem::remove(directory_ / name);

    EXPECT_THAT(
        create_encoder(settings_),
        FailsWith(ErrorKind::NotFound, AllOf(HasSubstr(name), HasSubstr("run scripts/setup"))));
    EXPECT_THAT(encoder_id(settings_, directory_ / "cache"),
                FailsWith(ErrorKind::NotFound, HasSubstr(name)));
  }
  settings_.model.clear();
  EXPECT_THAT(create_encoder(settings_), FailsWith(ErrorKind::Invalid, HasSubstr("scripts/setup")));
}

TEST_F(ModelFiles, AreNamedWhenDamaged) {
  const std::vector<std::pair<std::string, std::string>> damaged{
      {"config.json", "{"},
      {"config.json", "[]"},
      {"config.json", R"({"model_type":"roberta"})"},
      {"config.json", R"({"hidden_size":-3,"vocab_size":8})"},
      {"vocab.txt", "alpha\n"},
      {"vocab.txt", "\xff\xff"},
      {"model.safetensors", "not safetensors at all"},
      {"1_Pooling/config.json",
       R"({"pooling_mode_max_tokens":true,"pooling_mode_mean_tokens":false})"},
      {"1_Pooling/config.json", "nonsense"},
      {"sentence_bert_config.json", R"({"max_seq_length":0})"},
      {"tokenizer_config.json", "\"\""},
  };
  for (const auto& [name, bytes] : damaged) {
    const testing::TemporaryDirectory directory;
    write_tiny_model(directory);
    directory.write(name, bytes);
    settings_.model = directory.path();

    EXPECT_THAT(create_encoder(settings_), FailsWith(ErrorKind::Invalid, HasSubstr(name))) << bytes;
  }
}

TEST_F(ModelFiles, MustHaveTheShapesTheirConfigStates) {
  ASSERT_SUCCEEDS(std::string config, read_file(directory_ / "config.json"));
  config.replace(config.find("\"intermediate_size\":16"), 22, "\"intermediate_size\":32");
  directory_.write("config.json", config);

  EXPECT_THAT(
      create_encoder(settings_),
      FailsWith(ErrorKind::Invalid, HasSubstr("encoder.layer.0.intermediate.dense.weight")));
}

TEST_F(ModelFiles, RefuseSettingsTheyCannotMeet) {
  settings_.max_tokens = 17;
  EXPECT_THAT(create_encoder(settings_),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.max_tokens")));
  settings_.max_tokens = 0;
  settings_.pooling = "max";
  EXPECT_THAT(create_encoder(settings_),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.pooling")));
}

TEST_F(ModelFiles, WithValuesThatAreNotNumbersAreReported) {
  ASSERT_SUCCEEDS(std::string weights, read_file(directory_ / "model.safetensors"));
  for (std::size_t i = weights.size() - 32; i < weights.size(); ++i) weights[i] = '\xff';
  directory_.write("model.safetensors", weights);
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(settings_));
  const std::vector<std::string_view> texts{"alpha"};

  EXPECT_THAT(encoder->encode(texts, TextRole::Query, Interruption{}),
              FailsWith(ErrorKind::Invalid, HasSubstr("not numbers")));
}

TEST_F(ModelFiles, AreHashedOnceAndTheCacheIsLeftAlone) {
  const auto cache = directory_ / "cache" / "model-hashes.json";
  ASSERT_SUCCEEDS(const auto first, encoder_id(settings_, directory_ / "cache"));
  const auto written = std::filesystem::last_write_time(cache);
  ASSERT_SUCCEEDS(const auto before, read_file(cache));
  std::filesystem::last_write_time(cache, written - std::chrono::hours(1));

  ASSERT_SUCCEEDS(const auto second, encoder_id(settings_, directory_ / "cache"));

  EXPECT_EQ(first, second);
  EXPECT_EQ(std::filesystem::last_write_time(cache), written - std::chrono::hours(1));
  EXPECT_THAT(before, HasSubstr("model.safetensors"));
}

TEST_F(ModelFiles, GetAnotherIdWhenTheyChange) {
  ASSERT_SUCCEEDS(const auto first, encoder_id(settings_, directory_ / "cache"));

  write_tiny_model(directory_, TinyModel{"bert.", "F32", "gelu"});
  ASSERT_SUCCEEDS(const auto renamed, encoder_id(settings_, directory_ / "cache"));
  directory_.write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nalpha\nbeta\n");
  ASSERT_SUCCEEDS(const auto reworded, encoder_id(settings_, directory_ / "cache"));

  EXPECT_NE(first, renamed);
  EXPECT_NE(renamed, reworded);
}

TEST_F(ModelFiles, AreHashedAgainWhenTheCacheIsDamagedOrCannotBeWritten) {
  ASSERT_SUCCEEDS(const auto right, encoder_id(settings_, directory_ / "cache"));
  directory_.write("cache/model-hashes.json", "\x01 nonsense");

  ASSERT_SUCCEEDS(const auto after_damage, encoder_id(settings_, directory_ / "cache"));
  ASSERT_SUCCEEDS(const auto without, encoder_id(settings_, "/proc/no-such-place"));

  EXPECT_EQ(after_damage, right);
  EXPECT_EQ(without, right);
}

}  // namespace
}  // namespace freshet::index
