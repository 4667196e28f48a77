#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/vector/kernels.h"

namespace freshet::index {

/// One vector in 8 bits: value = scale * code, codes in -127..127, padded with zeros to kInt8Block.
/// A zero vector has scale 0.
struct QuantisedVector {
  std::vector<std::int8_t> codes;
  float scale = 0;
};

/// Symmetric quantisation with one scale per vector, so that the largest value becomes 127.
QuantisedVector quantise(std::span<const float> vector);

/// `length` rounded up to a multiple of `block`.
constexpr std::size_t padded(std::size_t length, std::size_t block) {
  return (length + block - 1) / block * block;
}

/// A row and how near it is (approximate cosine).
struct ScoredRow {
  float similarity = 0;
  std::uint32_t row = 0;
};

/// The one order of rows: nearer first, equally near by ascending row.
struct NearerRow {
  bool operator()(const ScoredRow& a, const ScoredRow& b) const {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.row < b.row;
  }
};

/// The quantised vectors of a segment, wherever they lie. Borrows; reads nothing outside.
class QuantisedRows {
 public:
  /// `rows` holds `count` rows of `stride` codes (a multiple of kInt8Block); `scales` one float
  /// each, at any alignment.
  QuantisedRows(const char* rows, const char* scales, std::size_t stride, std::size_t count)
      : rows_(rows), scales_(scales), stride_(stride), count_(count), dot_(int8_dot()) {}

  [[nodiscard]] std::size_t count() const { return count_; }
  /// 0 for zero vectors.
  [[nodiscard]] float scale(std::uint32_t row) const;
  [[nodiscard]] float similarity(const QuantisedVector& query, std::uint32_t row) const;
  [[nodiscard]] float similarity(std::uint32_t a, std::uint32_t b) const;

 private:
  [[nodiscard]] const std::int8_t* codes(std::uint32_t row) const;

  const char* rows_;
  const char* scales_;
  std::size_t stride_;
  std::size_t count_;
  Int8Dot dot_;
};

/// Keeps the `limit` nearest of the rows offered. The outcome does not depend on the order of
/// offers.
class NearestRows {
 public:
  explicit NearestRows(std::size_t limit) : limit_(limit) {}
  void offer(ScoredRow row);
  [[nodiscard]] bool full() const { return heap_.size() >= limit_; }
  /// The least near one kept; only when not empty.
  [[nodiscard]] const ScoredRow& last() const { return heap_.front(); }
  [[nodiscard]] const std::vector<ScoredRow>& rows() const { return heap_; }

 private:
  std::size_t limit_;
  std::vector<ScoredRow> heap_;
};

}  // namespace freshet::index
