#include "index/tie_break.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

namespace freshet::index {
namespace {

using Run = std::pair<std::vector<FusedCandidate>::iterator, std::vector<FusedCandidate>::iterator>;

struct Placed {
  std::string document;
  std::size_t ordinal = 0;
  FusedCandidate candidate;
  bool operator<(const Placed& other) const {
    return std::tie(document, ordinal) < std::tie(other.document, other.ordinal);
  }
};

Result<Done> sort_run(Run run, const Snapshot& snapshot) {
  std::vector<Placed> placed;
  for (auto at = run.first; at != run.second; ++at) {
    FRESHET_TRY(auto stored, snapshot.passage(at->candidate.number));
    placed.push_back({std::move(stored.document.id), stored.passage.ordinal, *at});
  }
  std::sort(placed.begin(), placed.end());
  for (auto& place : placed) *run.first++ = place.candidate;
  return Done{};
}

}  // namespace

Result<Done> break_ties(std::vector<FusedCandidate>& candidates, const Snapshot& snapshot,
                        std::size_t shown) {
  const auto limit =
      candidates.begin() + static_cast<std::ptrdiff_t>(std::min(shown, candidates.size()));
  for (auto first = candidates.begin(); first < limit;) {
    const auto end = std::find_if(first, candidates.end(), [&](const FusedCandidate& other) {
      return other.fused != first->fused;
    });
    if (end - first > 1) FRESHET_CHECK(sort_run({first, end}, snapshot));
    first = end;
  }
  return Done{};
}

}  // namespace freshet::index
