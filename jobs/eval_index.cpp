#include "jobs/eval_index.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/hash.h"
#include "index/segments/writer.h"
#include "pipeline/extract/extract.h"
#include "pipeline/passages/split.h"
#include "pipeline/publish.h"

namespace freshet::jobs {

namespace {

constexpr std::size_t kDocumentsPerBatch = 256;

index::Passage whole_passage(const index::JudgedDocument& document) {
  index::Passage passage;
  passage.text = document.title.empty() ? document.text : document.title + ". " + document.text;
  passage.encoded_text = passage.text;
  passage.text_hash = to_hex(hash128(passage.encoded_text));
  return passage;
}

Result<std::vector<index::Passage>> passages_of(const index::JudgedDocument& document,
                                                const EvalIndexRequest& request) {
  if (request.form == EvalForm::Whole) return std::vector{whole_passage(document)};
  FRESHET_TRY(auto extracted, pipeline::extract({.path = "corpus.txt",
                                                 .media_type = "text/plain",
                                                 .body = document.text,
                                                 .language = "en"}));
  extracted.title = document.title;
  return pipeline::split(extracted, request.encoder.tokens(), request.settings.passages);
}

Result<index::IndexedDocument> document_of(const index::JudgedDocument& judged,
                                           const EvalIndexRequest& request) {
  index::IndexedDocument document;
  document.fields.id = judged.id;
  document.fields.source = "corpus";
  document.fields.path = judged.id;
  document.fields.title = request.form == EvalForm::Whole ? "" : judged.title;
  document.fields.language = "en";
  document.fields.allow = {"public"};
  FRESHET_TRY(document.passages, passages_of(judged, request));
  return document;
}

Result<Done> encode(std::span<index::IndexedDocument> documents, const index::Encoder& encoder,
                    const Interruption& interruption) {
  std::vector<std::string_view> texts;
  for (const auto& document : documents) {
    for (const auto& passage : document.passages) texts.emplace_back(passage.encoded_text);
  }
  FRESHET_TRY(auto vectors, encoder.encode(texts, index::TextRole::Passage, interruption));
  auto next = vectors.begin();
  for (auto& document : documents) {
    const auto end = next + static_cast<std::ptrdiff_t>(document.passages.size());
    document.vectors.assign(std::make_move_iterator(next), std::make_move_iterator(end));
    next = end;
  }
  return Done{};
}

std::vector<index::ExactVector> vectors_of(std::vector<index::IndexedDocument> documents) {
  std::vector<index::ExactVector> exact;
  for (auto& document : documents) {
    for (auto& vector : document.vectors) exact.push_back({document.fields.id, std::move(vector)});
  }
  return exact;
}

std::string name_of_place(std::size_t place) {
  std::string digits = std::to_string(place);
  return std::string(12 - std::min<std::size_t>(12, digits.size()), '0') + digits;
}

}  // namespace

index::JudgedDataset named_by_place(index::JudgedDataset dataset) {
  std::unordered_map<std::string, std::string> names;
  for (std::size_t place = 0; place < dataset.documents.size(); ++place) {
    auto& id = dataset.documents[place].id;
    names[id] = name_of_place(place);
    id = names[id];
  }
  const auto renamed = [&](const std::string& id) {
    const auto found = names.find(id);
    return found == names.end() ? id : found->second;
  };
  for (auto& query : dataset.queries) {
    query.exclude = renamed(query.exclude);
    std::map<std::string, double> judgements;
    for (const auto& [id, gain] : query.judgements) judgements[renamed(id)] = gain;
    query.judgements = std::move(judgements);
  }
  return dataset;
}

Result<std::vector<index::ExactVector>> build_eval_index(const EvalIndexRequest& request,
                                                         const std::filesystem::path& directory,
                                                         const Clock& clock, Progress& progress,
                                                         const Interruption& interruption) {
  const auto& corpus = request.dataset.documents;
  index::PublishRequest publish;
  publish.identity = pipeline::index_identity(request.encoder.id(), request.encoder.dimension(),
                                              request.settings.passages);
  publish.ledger_sequence = 1;
  for (std::size_t begin = 0; begin < corpus.size(); begin += kDocumentsPerBatch) {
    const std::size_t end = std::min(corpus.size(), begin + kDocumentsPerBatch);
    const std::size_t before = publish.upserts.size();
    for (std::size_t i = begin; i < end; ++i) {
      FRESHET_TRY(auto document, document_of(corpus[i], request));
      if (!document.passages.empty()) publish.upserts.push_back(std::move(document));
    }
    FRESHET_CHECK(
        encode(std::span(publish.upserts).subspan(before), request.encoder, interruption));
    progress.step(
        {.activity = "encode " + request.dataset.name, .done = end, .total = corpus.size()});
  }
  index::IndexWriter writer(directory, request.settings.index, clock);
  FRESHET_CHECK(writer.publish(publish));
  return vectors_of(std::move(publish.upserts));
}

}  // namespace freshet::jobs
