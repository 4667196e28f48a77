#include "index/fusion/relevance.h"

#include <algorithm>
#include <cmath>

namespace freshet::index {
namespace {

constexpr double kHalfBm25 = 12.0;

double logistic(double value) {
  return 1.0 / (1.0 + std::exp(-value));
}

double saturated(double bm25) {
  return std::max(bm25, 0.0) / (std::max(bm25, 0.0) + kHalfBm25);
}

}  // namespace

double relevance(std::optional<double> bm25, std::optional<double> cosine) {
  if (bm25 && cosine) return logistic(-4.0 + 8.0 * *cosine + 2.5 * saturated(*bm25));
  if (cosine) return logistic(-3.4 + 8.0 * *cosine);
  if (bm25) return logistic(-2.5 + 5.0 * saturated(*bm25));
  return 0.0;
}

}  // namespace freshet::index
