#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/encoding/model_directory.h"
#include "index/encoding/safetensors.h"

namespace freshet::index {

/// Token ids of several texts in rows of equal length.
struct TokenBatch {
  std::size_t rows = 0;
  std::size_t length = 0;
  std::vector<std::int32_t> ids;   ///< rows * length.
  std::vector<std::int32_t> mask;  ///< 1 for tokens, 0 for padding.
};

/// How a compiled model is run; the meaning of each is EncoderSettings'.
struct RuntimeOptions {
  std::string precision;  ///< f32 or bf16; anything else is the plug-in's own choice.
  std::size_t threads = 0;
};

/// A compiled BERT graph (the only part that knows how OpenVINO runs). Thread-safe: every call
/// takes a request object of its own from a pool that never grows beyond the number of concurrent
/// callers.
class BertRuntime {
 public:
  /// Invalid as build_bert_graph().
  static Result<std::unique_ptr<BertRuntime>> compile(const ModelDirectory& model,
                                                      std::shared_ptr<const Safetensors> weights,
                                                      const RuntimeOptions& options);
  struct Compiled;
  /// For compile().
  explicit BertRuntime(std::unique_ptr<Compiled> compiled);
  ~BertRuntime();
  BertRuntime(const BertRuntime&) = delete;
  BertRuntime& operator=(const BertRuntime&) = delete;

  /// rows * hidden numbers, pooled, not normalised.
  [[nodiscard]] Result<std::vector<float>> run(TokenBatch& batch) const;

 private:
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace freshet::index
