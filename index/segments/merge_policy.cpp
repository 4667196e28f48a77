#include "index/segments/merge_policy.h"

#include <algorithm>

namespace freshet::index {

namespace {

/// Segments below this many live passages are all of the smallest class.
constexpr std::uint64_t kSmallest = 64;

std::size_t size_class(std::uint64_t live, std::size_t factor) {
  std::size_t rank = 0;
  for (std::uint64_t rest = live / kSmallest; rest > 0; rest /= factor) ++rank;
  return rank;
}

/// One past the highest class that is due; 0 when none is.
std::size_t due_classes(std::span<const SegmentLoad> segments, std::size_t factor) {
  constexpr std::size_t kClasses = 65;
  std::vector<std::size_t> counts(kClasses);
  for (const SegmentLoad& segment : segments) ++counts[size_class(segment.live, factor)];
  std::size_t due = 0;
  for (std::size_t rank = 0; rank < kClasses; ++rank) {
    // What the smaller classes are merged into counts as one here.
    const std::size_t carried = due == rank && rank > 0 ? 1 : 0;
    if (counts[rank] > 0 && counts[rank] + carried >= factor) due = rank + 1;
  }
  return due;
}

bool too_dead(const SegmentLoad& segment) {
  const auto dead =
      static_cast<double>(segment.passages - std::min(segment.live, segment.passages));
  return dead > kMaxDeadShare * static_cast<double>(segment.passages);
}

}  // namespace

std::vector<std::size_t> segments_due(std::span<const SegmentLoad> segments, std::size_t factor) {
  factor = std::max<std::size_t>(factor, 2);
  const std::size_t due = due_classes(segments, factor);
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < segments.size(); ++place) {
    if (size_class(segments[place].live, factor) < due || too_dead(segments[place]))
      places.push_back(place);
  }
  return places;
}

}  // namespace freshet::index
