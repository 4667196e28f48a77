#include "index/evaluation/metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace freshet::index {
namespace {

constexpr std::size_t kGainDepth = 10;
constexpr std::size_t kRecallDepth = 100;

double discounted(double gain, std::size_t rank_from_zero) {
  return gain / std::log2(static_cast<double>(rank_from_zero) + 2.0);
}

double ideal_gain(const std::map<std::string, double>& judgements) {
  std::vector<double> gains;
  for (const auto& [document, gain] : judgements) gains.push_back(gain);
  std::sort(gains.begin(), gains.end(), std::greater<>());
  double ideal = 0;
  for (std::size_t rank = 0; rank < std::min(gains.size(), kGainDepth); ++rank) {
    ideal += discounted(gains[rank], rank);
  }
  return ideal;
}

}  // namespace

LegMetrics measure(const std::vector<std::string>& ranking,
                   const std::map<std::string, double>& judgements) {
  LegMetrics metrics;
  metrics.queries = 1;
  if (judgements.empty()) return metrics;
  double gain = 0;
  double found = 0;
  for (std::size_t rank = 0; rank < std::min(ranking.size(), kRecallDepth); ++rank) {
    const auto judged = judgements.find(ranking[rank]);
    if (judged == judgements.end()) continue;
    found += 1;
    if (rank >= kGainDepth) continue;
    gain += discounted(judged->second, rank);
    if (metrics.mrr10 == 0) metrics.mrr10 = 1.0 / static_cast<double>(rank + 1);
  }
  metrics.ndcg10 = gain / ideal_gain(judgements);
  metrics.recall100 = found / static_cast<double>(judgements.size());
  return metrics;
}

LegMetrics mean_of(const std::vector<LegMetrics>& per_query) {
  LegMetrics mean;
  mean.queries = per_query.size();
  if (per_query.empty()) return mean;
  for (const LegMetrics& one : per_query) {
    mean.ndcg10 += one.ndcg10;
    mean.recall100 += one.recall100;
    mean.mrr10 += one.mrr10;
  }
  const auto count = static_cast<double>(per_query.size());
  mean.ndcg10 /= count;
  mean.recall100 /= count;
  mean.mrr10 /= count;
  return mean;
}

}  // namespace freshet::index
