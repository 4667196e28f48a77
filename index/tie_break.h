#pragma once

#include <cstddef>
#include <vector>

#include "base/result.h"
#include "index/fusion/fusion.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// Orders candidates of exactly equal score by document id and ordinal, so that the order of an
/// answer does not depend on when a passage entered the index (promise 10). Only runs that begin
/// among the first `shown` are looked at.
Result<Done> break_ties(std::vector<FusedCandidate>& candidates, const Snapshot& snapshot,
                        std::size_t shown);

}  // namespace freshet::index
