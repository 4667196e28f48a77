#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/fusion/fusion.h"
#include "index/hit.h"
#include "index/query.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// How the fused list becomes hits.
struct PresentationRequest {
  const Query& query;
  double greatest_score = 1;  ///< What a fused score is divided by to become `score`.
  /// Query terms that a passage has; asked for shown hits only, and only when the query wants
  /// explanations.
  std::function<Result<std::vector<std::string>>(PassageNumber)> matched_terms;
};

/// The first top_k passages, or documents with up to group_size passages each, that reach
/// min_relevance. Stored text is read for them alone (when grouping: for as many as it takes). An
/// unreadable passage is an error, never a hole.
Result<std::vector<Hit>> present(const std::vector<FusedCandidate>& fused, const Snapshot& snapshot,
                                 const PresentationRequest& request);

}  // namespace freshet::index
