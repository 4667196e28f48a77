#include "index/encoding/bert_encoder.h"

#include <algorithm>

#include "base/files.h"
#include "base/hash.h"
#include "index/encoding/model_fingerprint.h"
#include "index/encoding/unit_length.h"

namespace freshet::index {
namespace {

constexpr std::size_t kMostVocabularyBytes = std::size_t{16} << 20;
constexpr std::size_t kTokensPerText = 256;  // On average, for the bound on one batch's memory.
constexpr std::size_t kMostTextsPerBatch = 1024;
constexpr std::size_t kSpecialTokens = 2;  // [CLS] and [SEP].

Result<std::unique_ptr<WordPiece>> load_tokenizer(const ModelDirectory& model) {
  FRESHET_TRY(const std::string vocabulary, read_file(model.vocabulary, kMostVocabularyBytes));
  auto tokenizer = WordPiece::create(vocabulary, model.normalization);
  const std::string activity = "use the model's " + model.vocabulary.string();
  if (!tokenizer) return while_doing(activity, std::move(tokenizer).error());
  if (tokenizer->vocabulary_size() > model.shape.vocabulary) {
    return Error{ErrorKind::Invalid,
                 "cannot " + activity + ": it has more pieces than config.json says"};
  }
  return std::make_unique<WordPiece>(*std::move(tokenizer));
}

/// How many tokens of a text fit beside the special tokens and the longer prefix.
Result<std::size_t> window_of(const ModelDirectory& model, const WordPiece& tokenizer) {
  const std::size_t taken = kSpecialTokens + std::max(tokenizer.count(model.query_prefix),
                                                      tokenizer.count(model.passage_prefix));
  if (taken < model.max_tokens) return model.max_tokens - taken;
  return Error{ErrorKind::Invalid,
               "the encoder's prefixes leave no room in its " + std::to_string(model.max_tokens) +
                   " tokens; shorten encoder.query_prefix and encoder.passage_prefix"};
}

BatchLimits limits_of(const config::EncoderSettings& settings) {
  const std::size_t texts = std::clamp<std::size_t>(settings.batch_size, 1, kMostTextsPerBatch);
  return {texts, texts * kTokensPerText};
}

TokenBatch gather(const BatchPlan& plan, const std::vector<std::vector<TokenId>>& tokens,
                  TokenId pad) {
  TokenBatch batch{plan.members.size(), plan.length, {}, {}};
  batch.ids.assign(batch.rows * batch.length, static_cast<std::int32_t>(pad));
  batch.mask.assign(batch.rows * batch.length, 0);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const auto& ids = tokens[plan.members[row]];
    const auto start = static_cast<std::ptrdiff_t>(row * batch.length);
    std::transform(ids.begin(), ids.end(), batch.ids.begin() + start,
                   [](TokenId id) { return static_cast<std::int32_t>(id); });
    std::fill_n(batch.mask.begin() + start, ids.size(), 1);
  }
  return batch;
}

}  // namespace

BertEncoder::BertEncoder(Parts parts)
    : id_(std::move(parts.id)),
      model_(std::move(parts.model)),
      tokenizer_(std::move(parts.tokenizer)),
      runtime_(std::move(parts.runtime)),
      counter_(*tokenizer_, parts.window),
      limits_(parts.limits) {}

Result<std::unique_ptr<Encoder>> BertEncoder::create(const config::EncoderSettings& settings) {
  FRESHET_TRY(ModelDirectory model, read_model_directory(settings));
  FRESHET_TRY(auto tokenizer, load_tokenizer(model));
  FRESHET_TRY(const std::size_t window, window_of(model, *tokenizer));
  FRESHET_TRY(Safetensors file, Safetensors::open(model.weights));
  // Shared with the graph, whose constants point into the mapping.
  auto weights = std::make_shared<const Safetensors>(std::move(file));
  FRESHET_TRY(std::string id,
              bert_encoder_id(model, sha256_hex(weights->bytes()), settings.precision));
  FRESHET_TRY(auto runtime, BertRuntime::compile(model, std::move(weights),
                                                 {settings.precision, settings.threads}));
  Parts parts{std::move(id),      std::move(model), std::move(tokenizer),
              std::move(runtime), window,           limits_of(settings)};
  return std::unique_ptr<Encoder>(std::make_unique<BertEncoder>(std::move(parts)));
}

Result<std::string> BertEncoder::id_for(const config::EncoderSettings& settings,
                                        const std::filesystem::path& cache_dir) {
  FRESHET_TRY(const ModelDirectory model, read_model_directory(settings));
  FRESHET_TRY(const std::string hash, cached_sha256(model.weights, cache_dir));
  return bert_encoder_id(model, hash, settings.precision);
}

std::string BertEncoder::description() const {
  return model_.name + ", " + std::string(name_of(model_.pooling)) + " pooling, " +
         std::to_string(dimension()) + " dimensions";
}

std::vector<TokenId> BertEncoder::tokenize(std::string_view text, TextRole role) const {
  const std::string& prefix = role == TextRole::Query ? model_.query_prefix : model_.passage_prefix;
  const std::size_t limit = model_.max_tokens - kSpecialTokens;
  std::vector<TokenId> ids{tokenizer_->cls()};
  const auto body = prefix.empty() ? tokenizer_->tokenize(text, limit)
                                   : tokenizer_->tokenize(prefix + std::string(text), limit);
  ids.insert(ids.end(), body.begin(), body.end());
  ids.push_back(tokenizer_->sep());
  return ids;
}

Result<Done> BertEncoder::encode_batch(const BatchPlan& plan,
                                       const std::vector<std::vector<TokenId>>& tokens,
                                       std::vector<Embedding>& vectors) const {
  TokenBatch batch = gather(plan, tokens, tokenizer_->pad());
  FRESHET_TRY(const std::vector<float> numbers, runtime_->run(batch));
  if (numbers.size() != batch.rows * dimension()) {
    return Error{ErrorKind::Internal,
                 "the model gave another number of values than its shape says"};
  }
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const auto start = numbers.begin() + static_cast<std::ptrdiff_t>(row * dimension());
    Embedding vector(start, start + static_cast<std::ptrdiff_t>(dimension()));
    if (!scale_to_unit_length(vector)) {
      return Error{ErrorKind::Invalid,
                   "the model " + model_.name +
                       " gives values that are not numbers; are its weights damaged?"};
    }
    vectors[plan.members[row]] = std::move(vector);
  }
  return Done{};
}

Result<std::vector<Embedding>> BertEncoder::encode(std::span<const std::string_view> texts,
                                                   TextRole role,
                                                   const Interruption& interruption) const {
  std::vector<std::vector<TokenId>> tokens;
  std::vector<std::size_t> lengths;
  for (const std::string_view text : texts) {
    tokens.push_back(tokenize(text, role));
    lengths.push_back(tokens.back().size());
  }
  std::vector<Embedding> vectors(texts.size());
  for (const BatchPlan& plan : plan_batches(lengths, limits_)) {
    if (interruption.due()) return Error{ErrorKind::Interrupted, "encoding was interrupted"};
    FRESHET_CHECK(encode_batch(plan, tokens, vectors));
  }
  return vectors;
}

}  // namespace freshet::index
