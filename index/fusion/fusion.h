#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "index/hit.h"
#include "index/passage.h"

namespace freshet::index {

/// One passage with its true score in both legs; absent where that leg did not answer the query at
/// all.
struct Candidate {
  PassageNumber number = 0;
  std::optional<double> bm25 = std::nullopt;
  std::optional<double> cosine = std::nullopt;
  std::optional<std::size_t> keyword_rank = std::nullopt;  ///< 1-based.
  std::optional<std::size_t> vector_rank = std::nullopt;
};

/// What the legs say of the query as a whole.
struct LegStatistics {
  double bm25_top = 0;    ///< BM25 of rank 1; 0: no keyword match.
  double bm25_tenth = 0;  ///< Of rank 10; 0 where there is none.
  double bm25_mean = 0;   ///< Over all matches.
  double bm25_deviation = 0;
  double cosine_top = 0;
  double cosine_tenth = 0;  ///< Of rank 10, or of the last where there are fewer.
  double corpus_shift = 0;  ///< S.
};

struct FusedCandidate {
  Candidate candidate;
  double keyword_part = 0;
  double vector_part = 0;
  double fused = 0;      ///< keyword_part + vector_part.
  double relevance = 0;  ///< relevance.h.
};

/// The weight of the keyword leg for this query: ln lambda = -2.26 + 2 gb - 4 gc + 0.13 zb + 0.25
/// S, kept within 0.02..2; 0 without a keyword match. Pure.
FusionExplanation weigh(const LegStatistics& statistics);

/// The most that fuse() can give a passage: what `score` is divided by.
double greatest_fused_score(const FusionExplanation& weights, std::optional<double> alpha);

/// Best first; equal fused scores by ascending passage number. With `alpha` the fixed convex sum
/// alpha * cosine + (1 - alpha) * BM25 / top is used instead. Pure.
std::vector<FusedCandidate> fuse(const std::vector<Candidate>& candidates,
                                 const LegStatistics& statistics, const FusionExplanation& weights,
                                 std::optional<double> alpha);

}  // namespace freshet::index
