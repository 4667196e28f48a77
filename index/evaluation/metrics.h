#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace freshet::index {

/// How well rankings put judged documents first, averaged over queries; each 0..1.
struct LegMetrics {
  double ndcg10 = 0;     ///< Linear gain, log2(rank + 1): trec_eval's ndcg_cut_10.
  double recall100 = 0;  ///< Share of the relevant documents among the first 100.
  double mrr10 = 0;      ///< 1 / rank of the first relevant among the first 10, else 0.
  std::size_t queries = 0;
};

/// The metrics of one query. `ranking` holds document ids without repetition, best first; gains are
/// above 0.
LegMetrics measure(const std::vector<std::string>& ranking,
                   const std::map<std::string, double>& judgements);

/// The mean over all queries' metrics; zeros for none.
LegMetrics mean_of(const std::vector<LegMetrics>& per_query);

}  // namespace freshet::index
