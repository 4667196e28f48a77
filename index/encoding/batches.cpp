#include "index/encoding/batches.h"

#include <algorithm>
#include <numeric>

namespace freshet::index {
namespace {

/// Padding a text beyond this costs more than starting another batch.
constexpr std::size_t kCheapPadding = 16;

bool wastes(std::size_t length, std::size_t padded_to) {
  return padded_to - length > kCheapPadding && 4 * length < 3 * padded_to;
}

bool fits(std::size_t length, const BatchPlan& batch, const BatchLimits& limits) {
  const std::size_t members = batch.members.size() + 1;
  return members <= limits.texts && members * batch.length <= limits.tokens &&
         !wastes(length, batch.length);
}

}  // namespace

std::vector<BatchPlan> plan_batches(std::span<const std::size_t> lengths,
                                    const BatchLimits& limits) {
  std::vector<std::size_t> order(lengths.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    return lengths[one] > lengths[other];
  });
  std::vector<BatchPlan> batches;
  for (const std::size_t position : order) {
    const bool room = !batches.empty() && fits(lengths[position], batches.back(), limits);
    if (!room) batches.push_back({lengths[position], {}});
    batches.back().members.push_back(position);
  }
  return batches;
}

}  // namespace freshet::index
