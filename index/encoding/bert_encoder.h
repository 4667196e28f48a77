#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "config/settings.h"
#include "index/encoding/batches.h"
#include "index/encoding/bert_runtime.h"
#include "index/encoding/encoder.h"
#include "index/encoding/model_directory.h"
#include "index/encoding/wordpiece.h"

namespace freshet::index {

/// Any BERT-type model directory (sentence-transformers layout), run in this process. Thread-safe.
/// In f32 a text's vector does not depend on the texts beside it beyond the sixth decimal.
class BertEncoder final : public Encoder {
 public:
  /// NotFound or Invalid for the model directory, as read_model_directory(). Takes well under a
  /// second; the weights are mapped.
  static Result<std::unique_ptr<Encoder>> create(const config::EncoderSettings& settings);
  /// The same id without reading the weights, when `cache_dir` knows their hash.
  static Result<std::string> id_for(const config::EncoderSettings& settings,
                                    const std::filesystem::path& cache_dir);

  /// What create() has put together.
  struct Parts {
    std::string id;
    ModelDirectory model;
    std::unique_ptr<WordPiece> tokenizer;
    std::unique_ptr<BertRuntime> runtime;
    std::size_t window;
    BatchLimits limits;
  };

  explicit BertEncoder(Parts parts);

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] std::size_t dimension() const override { return model_.shape.hidden; }
  [[nodiscard]] const TokenCounter& tokens() const override { return counter_; }
  Result<std::vector<Embedding>> encode(std::span<const std::string_view> texts, TextRole role,
                                        const Interruption& interruption) const override;

 private:
  [[nodiscard]] std::vector<TokenId> tokenize(std::string_view text, TextRole role) const;
  Result<Done> encode_batch(const BatchPlan& plan, const std::vector<std::vector<TokenId>>& tokens,
                            std::vector<Embedding>& vectors) const;

  std::string id_;
  ModelDirectory model_;
  std::unique_ptr<WordPiece> tokenizer_;  ///< On the heap, because `counter_` points to it.
  std::unique_ptr<BertRuntime> runtime_;
  WordPieceCounter counter_;
  BatchLimits limits_;
};

}  // namespace freshet::index
