#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"
#include "index/evaluation/dataset.h"
#include "index/evaluation/metrics.h"
#include "index/searcher.h"

namespace freshet::index {

/// Gives document ids for a query, best first, without repetition.
using Ranker = std::function<Result<std::vector<std::string>>(const JudgedQuery& query)>;

/// The mean metrics of a ranker over all judged queries. A query's excluded document is left out of
/// its ranking. Interrupted when `interruption` is due between two queries.
Result<LegMetrics> evaluate_ranker(const JudgedDataset& dataset, const Ranker& ranker,
                                   const Interruption& interruption);

struct Evaluation {
  LegMetrics keyword;
  LegMetrics vector;
  LegMetrics hybrid;
};

/// Asks the searcher every judged query in each mode, as a user with the principal "public" would:
/// a document ranks where its best passage does, 100 documents deep. Index document ids must be the
/// dataset's. A degraded answer is an error: a leg that failed has no figures.
Result<Evaluation> evaluate(const JudgedDataset& dataset, const Searcher& searcher,
                            const Interruption& interruption);

}  // namespace freshet::index
