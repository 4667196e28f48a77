#include "index/evaluation/exact_ranking.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace freshet::index {

std::vector<std::string> rank_exactly(std::span<const float> query,
                                      const std::vector<ExactVector>& vectors,
                                      std::size_t documents) {
  std::vector<double> cosines;
  for (const ExactVector& exact : vectors) {
    cosines.push_back(
        exact.vector.size() == query.size()
            ? std::inner_product(query.begin(), query.end(), exact.vector.begin(), 0.0)
            : -2.0);
  }
  std::vector<std::size_t> order(vectors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return cosines[left] > cosines[right];
  });
  std::vector<std::string> ranking;
  std::set<std::string> seen;
  for (const std::size_t at : order) {
    if (ranking.size() == documents) break;
    if (seen.insert(vectors[at].document).second) ranking.push_back(vectors[at].document);
  }
  return ranking;
}

}  // namespace freshet::index
