#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/encoding/encoder.h"
#include "index/fusion/fusion.h"
#include "index/keyword/keyword_index.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// What the legs are asked.
struct LegRequest {
  std::string_view text;
  const PassageSet& allowed;
  std::size_t depth = 100;  ///< Passages of each leg.
};

/// The vector leg's list over all segments, and what it needs to score any other passage.
struct VectorLeg {
  Embedding query;
  std::vector<VectorHit> hits;  ///< Best first; equal cosines by ascending passage number.
};

/// Unavailable when the encoder is missing (null) or is not the one that the generation was built
/// with.
Result<VectorLeg> search_vectors(const Snapshot& snapshot, const Encoder* encoder,
                                 const LegRequest& request);

/// The union of both legs with the true score of each passage in every leg that answered.
struct Candidates {
  std::vector<Candidate> candidates;  ///< In ascending passage number.
  LegStatistics statistics;
};

/// The legs that answered; `keyword` and `index` are present together.
struct AnsweredLegs {
  const KeywordMatches* keyword = nullptr;
  const KeywordIndex* index = nullptr;
  const VectorLeg* vector = nullptr;
};

Result<Candidates> join_legs(const Snapshot& snapshot, std::string_view text,
                             const AnsweredLegs& legs);

}  // namespace freshet::index
