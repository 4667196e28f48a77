#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"

namespace freshet::index {

/// One text's vector: unit length, the encoder's dimension.
using Embedding = std::vector<float>;

enum class TextRole { Query, Passage };

/// Counts text in an encoder's own tokens, so that passages fit its window. Thread-safe.
class TokenCounter {
 public:
  virtual ~TokenCounter() = default;
  /// Without the special tokens that the encoder adds around a text.
  [[nodiscard]] virtual std::size_t count(std::string_view text) const = 0;
  /// How many tokens of text fit the window beside the special tokens and the prefix.
  [[nodiscard]] virtual std::size_t window() const = 0;
};

/// Turns text into vectors. Vectors of encoders with different ids are never compared.
/// encode() may be called from several threads at a time.
class Encoder {
 public:
  virtual ~Encoder() = default;
  /// Model hash, pooling, prefixes, normalisation, precision: everything that changes a vector.
  [[nodiscard]] virtual const std::string& id() const = 0;
  /// For people and status: "all-MiniLM-L6-v2, mean pooling, 384 dimensions".
  [[nodiscard]] virtual std::string description() const = 0;
  [[nodiscard]] virtual std::size_t dimension() const = 0;
  [[nodiscard]] virtual const TokenCounter& tokens() const = 0;
  /// One vector per text, in order. Text beyond the window is cut. Any bytes are accepted.
  /// Unavailable when a remote endpoint is down after retries, Interrupted when `interruption` is
  /// due in between.
  virtual Result<std::vector<Embedding>> encode(std::span<const std::string_view> texts,
                                                TextRole role,
                                                const Interruption& interruption) const = 0;
};

}  // namespace freshet::index
