#include "base/nearest_name.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace freshet {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostEdits = 3;

using Row = std::vector<std::size_t>;

std::size_t edit_distance(std::string_view a, std::string_view b) {
  Row before_last;
  Row last(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    Row current(b.size() + 1);
    current[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = std::move(last);
    last = std::move(current);
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest_name(std::string_view written,
                                             std::span<const std::string_view> candidates) {
  if (written.size() > kLongestName) return std::nullopt;
  std::size_t least = std::min(kMostEdits, std::max<std::size_t>(1, written.size() / 3)) + 1;
  std::optional<std::string_view> nearest;
  for (const auto candidate : candidates) {
    const auto distance = edit_distance(written, candidate);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace freshet
