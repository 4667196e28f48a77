#include "index/presentation.h"

#include <algorithm>
#include <map>
#include <utility>

namespace freshet::index {
namespace {

class Presenter {
 public:
  Presenter(const Snapshot& snapshot, const PresentationRequest& request)
      : snapshot_(snapshot), request_(request) {}

  Result<Done> take(const FusedCandidate& fused) {
    FRESHET_TRY(auto stored, snapshot_.passage(fused.candidate.number));
    if (request_.query.group_by == GroupBy::Passage) return add(hits_, fused, std::move(stored));
    const auto known = documents_.find(stored.document.id);
    if (known != documents_.end())
      return add_to_group(hits_[known->second], fused, std::move(stored));
    if (hits_.size() == request_.query.top_k) return Done{};
    documents_.emplace(stored.document.id, hits_.size());
    open_groups_ += request_.query.group_size > 1 ? 1 : 0;
    return add(hits_, fused, std::move(stored));
  }

  [[nodiscard]] bool is_full() const {
    return hits_.size() == request_.query.top_k && open_groups_ == 0;
  }

  std::vector<Hit> hits() && { return std::move(hits_); }

 private:
  Result<Done> add_to_group(Hit& hit, const FusedCandidate& fused, StoredPassage stored) {
    if (hit.group.size() + 1 >= request_.query.group_size) return Done{};
    FRESHET_CHECK(add(hit.group, fused, std::move(stored)));
    if (hit.group.size() + 1 == request_.query.group_size) --open_groups_;
    return Done{};
  }

  Result<Done> add(std::vector<Hit>& hits, const FusedCandidate& fused, StoredPassage stored) {
    Hit hit;
    hit.id = stored.document.id + "#" + std::to_string(stored.passage.ordinal);
    hit.document = std::move(stored.document);
    hit.passage = std::move(stored.passage);
    hit.score = std::clamp(fused.fused / request_.greatest_score, 0.0, 1.0);
    hit.relevance = fused.relevance;
    if (request_.query.explain == Explain::Yes) {
      FRESHET_TRY(hit.explanation, explain(fused));
    }
    hits.push_back(std::move(hit));
    return Done{};
  }

  Result<std::optional<HitExplanation>> explain(const FusedCandidate& fused) const {
    const Candidate& candidate = fused.candidate;
    HitExplanation why;
    why.keyword_rank = candidate.keyword_rank;
    why.vector_rank = candidate.vector_rank;
    why.bm25 = candidate.bm25.value_or(0.0);
    why.cosine = candidate.cosine.value_or(0.0);
    why.keyword_part = fused.keyword_part;
    why.vector_part = fused.vector_part;
    if (request_.matched_terms) {
      FRESHET_TRY(why.matched_terms, request_.matched_terms(candidate.number));
    }
    return std::optional(std::move(why));
  }

  const Snapshot& snapshot_;
  const PresentationRequest& request_;
  std::vector<Hit> hits_;
  std::map<std::string, std::size_t> documents_;  // Id to place in hits_.
  std::size_t open_groups_ = 0;
};

}  // namespace

Result<std::vector<Hit>> present(const std::vector<FusedCandidate>& fused, const Snapshot& snapshot,
                                 const PresentationRequest& request) {
  Presenter presenter(snapshot, request);
  for (const FusedCandidate& candidate : fused) {
    if (presenter.is_full()) break;
    if (candidate.relevance >= request.query.min_relevance)
      FRESHET_CHECK(presenter.take(candidate));
  }
  return std::move(presenter).hits();
}

}  // namespace freshet::index
