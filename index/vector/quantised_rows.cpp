#include "index/vector/quantised_rows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace freshet::index {

QuantisedVector quantise(std::span<const float> vector) {
  QuantisedVector quantised;
  quantised.codes.resize(padded(vector.size(), kInt8Block));
  float largest = 0;
  for (const float value : vector) largest = std::max(largest, std::fabs(value));
  // Below this the division would leave the floats' normal range.
  if (largest < 1e-30F) return quantised;
  quantised.scale = largest / 127.0F;
  for (std::size_t i = 0; i < vector.size(); ++i) {
    const float code = std::nearbyint(vector[i] / quantised.scale);
    quantised.codes[i] = static_cast<std::int8_t>(std::clamp(code, -127.0F, 127.0F));
  }
  return quantised;
}

const std::int8_t* QuantisedRows::codes(std::uint32_t row) const {
  return reinterpret_cast<const std::int8_t*>(rows_ + row * stride_);
}

float QuantisedRows::scale(std::uint32_t row) const {
  float value = 0;
  std::memcpy(&value, scales_ + row * sizeof value, sizeof value);
  // A damaged scale must not poison comparisons.
  return std::isfinite(value) ? value : 0.0F;
}

float QuantisedRows::similarity(const QuantisedVector& query, std::uint32_t row) const {
  const std::int32_t sum = dot_(query.codes.data(), codes(row), stride_);
  return static_cast<float>(sum) * (query.scale * scale(row));
}

float QuantisedRows::similarity(std::uint32_t a, std::uint32_t b) const {
  const std::int32_t sum = dot_(codes(a), codes(b), stride_);
  return static_cast<float>(sum) * (scale(a) * scale(b));
}

void NearestRows::offer(ScoredRow row) {
  if (limit_ == 0) return;
  if (heap_.size() < limit_) {
    heap_.push_back(row);
    std::push_heap(heap_.begin(), heap_.end(), NearerRow{});
    return;
  }
  if (!NearerRow{}(row, heap_.front())) return;
  std::pop_heap(heap_.begin(), heap_.end(), NearerRow{});
  heap_.back() = row;
  std::push_heap(heap_.begin(), heap_.end(), NearerRow{});
}

}  // namespace freshet::index
