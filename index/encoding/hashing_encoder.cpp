#include "index/encoding/hashing_encoder.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "index/encoding/unit_length.h"
#include "index/encoding/words.h"

namespace freshet::index {
namespace {

constexpr std::size_t kLeastDimension = 8;
constexpr std::size_t kMostDimension = 65536;
constexpr std::size_t kDefaultWindow = 512;
constexpr std::size_t kTextsBetweenChecks = 64;

// A whole word says most; spelling fragments only break ties and forgive endings and typing errors.
constexpr float kWordWeight = 1.0F;
constexpr float kPairWeight = 0.5F;
constexpr float kTrigramWeight = 0.3F;

std::size_t window_for(const config::EncoderSettings& settings) {
  return settings.max_tokens == 0 ? kDefaultWindow : settings.max_tokens;
}

void add_feature(Embedding& vector, std::string_view feature, float weight) {
  const Hash128 hash = hash128(feature);
  float& cell = vector[hash.low % vector.size()];
  cell += (hash.high & 1) != 0 ? weight : -weight;
}

void add_trigrams(Embedding& vector, const std::string& word) {
  const std::string padded = "<" + word + ">";
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < padded.size();) {
    starts.push_back(at);
    at += decode_utf8(std::string_view(padded).substr(at)).length;
  }
  starts.push_back(padded.size());
  for (std::size_t i = 0; i + 3 < starts.size(); ++i) {
    add_feature(vector, "t\x1f" + padded.substr(starts[i], starts[i + 3] - starts[i]),
                kTrigramWeight);
  }
}

Embedding embed(std::string_view text, std::size_t dimension, std::size_t window) {
  Embedding vector(dimension, 0.0F);
  const std::vector<std::string> words = folded_words(text, window);
  for (std::size_t i = 0; i < words.size(); ++i) {
    add_feature(vector, "w\x1f" + words[i], kWordWeight);
    if (i > 0) add_feature(vector, "p\x1f" + words[i - 1] + "\x1f" + words[i], kPairWeight);
    add_trigrams(vector, words[i]);
  }
  // Sums of a few constants are finite, so this cannot fail.
  static_cast<void>(scale_to_unit_length(vector));
  return vector;
}

}  // namespace

std::size_t WordCounter::count(std::string_view text) const {
  return count_words(text);
}

Result<std::string> HashingEncoder::id_for(const config::EncoderSettings& settings) {
  if (settings.dimension < kLeastDimension || settings.dimension > kMostDimension) {
    return Error{ErrorKind::Invalid, "the hashing encoder's dimension is " +
                                         std::to_string(settings.dimension) +
                                         "; set encoder.dimension to 8 .. 65536"};
  }
  return "hashing:1:" + std::to_string(settings.dimension) + ":" +
         std::to_string(window_for(settings));
}

Result<std::unique_ptr<Encoder>> HashingEncoder::create(const config::EncoderSettings& settings) {
  FRESHET_TRY(std::string id, id_for(settings));
  return std::unique_ptr<Encoder>(
      std::make_unique<HashingEncoder>(std::move(id), settings.dimension, window_for(settings)));
}

std::string HashingEncoder::description() const {
  return "hashing encoder: no semantic understanding; for tests and air-gapped trials; " +
         std::to_string(dimension_) + " dimensions";
}

Result<std::vector<Embedding>> HashingEncoder::encode(std::span<const std::string_view> texts,
                                                      TextRole,
                                                      const Interruption& interruption) const {
  std::vector<Embedding> vectors;
  vectors.reserve(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i % kTextsBetweenChecks == 0 && interruption.due()) {
      return Error{ErrorKind::Interrupted, "encoding was interrupted"};
    }
    vectors.push_back(embed(texts[i], dimension_, counter_.window()));
  }
  return vectors;
}

}  // namespace freshet::index
