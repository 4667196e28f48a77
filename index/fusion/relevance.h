#pragma once

#include <optional>

namespace freshet::index {

/// Rises by one whenever relevance() gives another number for the same scores: thresholds must then
/// be looked at again.
inline constexpr int kRelevanceVersion = 1;

/// How sure we are that a passage answers the query: 0..1, monotone in the cosine and in the
/// saturated BM25 (BM25 / (BM25 + 12)), the same whatever else was found. Absent: that leg did not
/// answer. Logistic maps, set by hand so that 0.5 lies where sentence encoders of the MiniLM family
/// turn from related to relevant (cosine about 0.4); refit per encoder.
double relevance(std::optional<double> bm25, std::optional<double> cosine);

}  // namespace freshet::index
