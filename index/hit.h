#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/passage.h"

namespace freshet::index {

/// Why a hit stands where it stands.
struct HitExplanation {
  std::optional<std::size_t>
      keyword_rank;  ///< 1-based in the keyword leg's own list; absent: not in its top.
  std::optional<std::size_t> vector_rank;
  double bm25 = 0;  ///< True score, also where the passage was not in the leg's top.
  double cosine = 0;
  double keyword_part = 0;  ///< What the keyword leg added to the fused score.
  double vector_part = 0;
  std::vector<std::string> matched_terms;
};

struct Hit {
  std::string id;  ///< "document id#ordinal".
  DocumentFields
      document;          ///< content_hash and permissions included; the wire shape leaves them out.
  Passage passage;       ///< encoded_text is empty here.
  double score = 0;      ///< 0..1, order within this answer only.
  double relevance = 0;  ///< 0..1, depends on query and passage alone; safe to threshold.
  std::optional<HitExplanation> explanation;
  std::vector<Hit> group;  ///< GroupBy::Document: the document's further passages.
};

/// How the two legs were weighed for this query (reference: Bruch et al., TOIS 2023, convex
/// combination; the per-query weight is described in docs/ranking.md).
struct FusionExplanation {
  double lambda = 0;        ///< Weight of BM25 / BM25_top beside a cosine of weight 1.
  double keyword_gap = 0;   ///< 1 - BM25 of rank 10 / BM25 of rank 1.
  double vector_gap = 0;    ///< cosine of rank 1 - cosine of rank 10.
  double keyword_z = 0;     ///< (top - mean) / deviation of BM25 over all matches.
  double corpus_shift = 0;  ///< S; 0 until the background job found it.
};

/// The answer to one query. All hits come from the one generation it names.
struct Answer {
  std::uint64_t generation = 0;
  std::string published_at;  ///< RFC 3339.
  std::vector<Hit> hits;
  std::size_t candidates = 0;         ///< Passages that were fused: a lower bound of the matches.
  std::vector<std::string> degraded;  ///< Legs that failed: "keyword", "vector".
  std::vector<std::string> failures;  ///< Why, for the operator: may name files. Not for callers.
  std::vector<std::string> notes;     ///< For people: "the query was cut at 4096 bytes" ...
  FusionExplanation fusion;
};

}  // namespace freshet::index
