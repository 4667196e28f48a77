#include "pipeline/passage_vectors.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pipeline/ledger/half.h"

namespace freshet::pipeline {

namespace {

constexpr std::size_t kBatch = 256;

/// The distinct texts of some passages with their vectors, found or to be found.
struct Texts {
  std::vector<std::string> hashes;
  std::vector<std::string_view> texts;
  std::unordered_map<std::string, std::size_t> places;  ///< Hash -> place in the two lists.
  std::vector<std::vector<float>> vectors;              ///< Empty where not known yet.
};

Texts distinct_texts(std::span<const index::IndexedDocument> documents) {
  Texts texts;
  for (const index::IndexedDocument& document : documents) {
    for (const index::Passage& passage : document.passages) {
      if (!texts.places.emplace(passage.text_hash, texts.hashes.size()).second) continue;
      texts.hashes.push_back(passage.text_hash);
      texts.texts.push_back(passage.encoded_text);
    }
  }
  texts.vectors.resize(texts.hashes.size());
  return texts;
}

/// Fills in what the cache has and returns the places of the rest.
Result<std::vector<std::size_t>> look_up(Texts& texts, const Ledger& ledger,
                                         const index::Encoder& encoder) {
  FRESHET_TRY(auto cached, ledger.cached_vectors(encoder.id(), texts.hashes));
  std::vector<std::size_t> missing;
  for (std::size_t place = 0; place < cached.size(); ++place) {
    if (cached[place] && cached[place]->size() == encoder.dimension()) {
      texts.vectors[place] = *std::move(cached[place]);
    } else {
      missing.push_back(place);
    }
  }
  return missing;
}

Result<Done> encode_batch(Texts& texts, std::span<const std::size_t> places, Ledger& ledger,
                          const index::Encoder& encoder, const Interruption& interruption) {
  std::vector<std::string_view> batch;
  std::vector<std::string> hashes;
  for (const std::size_t place : places) {
    batch.push_back(texts.texts[place]);
    hashes.push_back(texts.hashes[place]);
  }
  FRESHET_TRY(const auto encoded, encoder.encode(batch, index::TextRole::Passage, interruption));
  if (encoded.size() != places.size()) {
    return Error{ErrorKind::Internal, "the encoder gave " + std::to_string(encoded.size()) +
                                          " vectors for " + std::to_string(places.size()) +
                                          " texts"};
  }
  FRESHET_CHECK(ledger.cache_vectors(encoder.id(), hashes, encoded));
  for (std::size_t at = 0; at < places.size(); ++at) {
    texts.vectors[places[at]] = as_cached(encoded[at]);
  }
  return Done{};
}

}  // namespace

Result<std::uint64_t> fill_vectors(std::span<index::IndexedDocument> documents, Ledger& ledger,
                                   const index::Encoder& encoder, const Interruption& interruption,
                                   const std::function<void(std::uint64_t)>& told) {
  Texts texts = distinct_texts(documents);
  FRESHET_TRY(const auto missing, look_up(texts, ledger, encoder));
  for (std::size_t begin = 0; begin < missing.size(); begin += kBatch) {
    const auto places = std::span(missing).subspan(begin, std::min(kBatch, missing.size() - begin));
    FRESHET_CHECK(encode_batch(texts, places, ledger, encoder, interruption));
    told(begin + places.size());
  }
  for (index::IndexedDocument& document : documents) {
    document.vectors.clear();
    for (const index::Passage& passage : document.passages) {
      document.vectors.push_back(texts.vectors[texts.places.at(passage.text_hash)]);
    }
  }
  return static_cast<std::uint64_t>(missing.size());
}

}  // namespace freshet::pipeline
