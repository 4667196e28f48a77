#include "index/evaluation/evaluate.h"

#include <utility>

namespace freshet::index {

Result<LegMetrics> evaluate_ranker(const JudgedDataset& dataset, const Ranker& ranker,
                                   const Interruption& interruption) {
  std::vector<LegMetrics> per_query;
  for (const JudgedQuery& query : dataset.queries) {
    if (interruption.due()) {
      return Error{ErrorKind::Interrupted,
                   "cannot go on evaluating " + dataset.name + ": asked to stop"};
    }
    auto ranking = ranker(query);
    if (!ranking) {
      return while_doing("evaluate query " + query.id + " of " + dataset.name,
                         std::move(ranking).error());
    }
    std::erase(*ranking, query.exclude);
    per_query.push_back(measure(*ranking, query.judgements));
  }
  return mean_of(per_query);
}

}  // namespace freshet::index
