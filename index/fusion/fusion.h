#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "index/hit.h"
#include "index/passage.h"

namespace freshet::index {

/// One passage with its true score in both legs.
struct Candidate {
  PassageNumber number = 0;
  double bm25 = 0;
  double cosine = 0;
  std::optional<std::size_t> keyword_rank;  ///< 1-based.
  std::optional<std::size_t> vector_rank;
};

/// What the legs say of the query as a whole.
struct LegStatistics {
  double bm25_top = 0;       ///< BM25 of rank 1; 0: no keyword match.
  double bm25_tenth = 0;     ///< Of rank 10; 0 where there is none.
  double bm25_mean = 0;      ///< Over all matches.
  double bm25_deviation = 0;
  double cosine_top = 0;
  double cosine_tenth = 0;
  double corpus_shift = 0;   ///< S.
};

struct FusedCandidate {
  Candidate candidate;
  double keyword_part = 0;
  double vector_part = 0;
  double fused = 0;       ///< keyword_part + vector_part.
  double relevance = 0;   ///< 0..1, monotone in cosine and saturated BM25; independent of the other hits.
};

/// The weight of the keyword leg for this query: ln lambda = -2.26 + 2 gb - 4 gc + 0.13 zb + 0.25 S,
/// kept within 0.02..2. Pure.
FusionExplanation weigh(const LegStatistics& statistics);

/// Best first; equal fused scores by ascending passage number. With `alpha` the fixed convex sum
/// alpha * cosine + (1 - alpha) * BM25 / top is used instead. Pure.
std::vector<FusedCandidate> fuse(const std::vector<Candidate>& candidates,
                                 const LegStatistics& statistics, const FusionExplanation& weights,
                                 std::optional<double> alpha);

}  // namespace freshet::index
