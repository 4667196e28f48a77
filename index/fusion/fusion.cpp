#include "index/fusion/fusion.h"

#include <algorithm>
#include <cmath>

#include "index/fusion/relevance.h"

namespace freshet::index {
namespace {

// Fitted on 31 judged query sets over 28 corpora, BM25 with k1 0.9 and b 0.4 beside
// all-MiniLM-L6-v2 (docs/ranking.md); flat around these values.
constexpr double kBase = -2.26;
constexpr double kKeywordGapSlope = 2.0;
constexpr double kVectorGapSlope = -4.0;
constexpr double kKeywordZSlope = 0.13;
constexpr double kCorpusShiftSlope = 0.25;
constexpr double kLeastLambda = 0.02;
constexpr double kMostLambda = 2.0;
constexpr double kLeastDeviation = 0.1;
constexpr double kLeastCorpusShift = -3.7;
constexpr double kMostCorpusShift = 1.2;

/// Quoted words may leave a better match out of the keyword leg's own list, hence the limit.
double share_of_top(double bm25, double top) {
  return top > 0 ? std::min(bm25 / top, 1.0) : 0.0;
}

}  // namespace

FusionExplanation weigh(const LegStatistics& statistics) {
  FusionExplanation weights;
  weights.vector_gap = statistics.cosine_top - statistics.cosine_tenth;
  weights.corpus_shift = std::clamp(statistics.corpus_shift, kLeastCorpusShift, kMostCorpusShift);
  if (!(statistics.bm25_top > 0)) return weights;  // Lambda 0: the vector leg alone.
  weights.keyword_gap = 1.0 - statistics.bm25_tenth / statistics.bm25_top;
  weights.keyword_z = (statistics.bm25_top - statistics.bm25_mean) /
                      std::max(statistics.bm25_deviation, kLeastDeviation);
  const double logarithm =
      kBase + kKeywordGapSlope * weights.keyword_gap + kVectorGapSlope * weights.vector_gap +
      kKeywordZSlope * weights.keyword_z + kCorpusShiftSlope * weights.corpus_shift;
  weights.lambda = std::clamp(std::exp(logarithm), kLeastLambda, kMostLambda);
  return weights;
}

double greatest_fused_score(const FusionExplanation& weights, std::optional<double> alpha) {
  return alpha ? 1.0 : 1.0 + weights.lambda;
}

std::vector<FusedCandidate> fuse(const std::vector<Candidate>& candidates,
                                 const LegStatistics& statistics, const FusionExplanation& weights,
                                 std::optional<double> alpha) {
  const double keyword_weight = alpha ? 1.0 - *alpha : weights.lambda;
  const double vector_weight = alpha.value_or(1.0);
  std::vector<FusedCandidate> fused;
  fused.reserve(candidates.size());
  for (const Candidate& candidate : candidates) {
    const double keyword =
        keyword_weight * share_of_top(candidate.bm25.value_or(0.0), statistics.bm25_top);
    const double vector = vector_weight * candidate.cosine.value_or(0.0);
    fused.push_back({candidate, keyword, vector, keyword + vector,
                     relevance(candidate.bm25, candidate.cosine)});
  }
  std::sort(fused.begin(), fused.end(),
            [](const FusedCandidate& left, const FusedCandidate& right) {
              if (left.fused != right.fused) return left.fused > right.fused;
              return left.candidate.number < right.candidate.number;
            });
  return fused;
}

}  // namespace freshet::index
