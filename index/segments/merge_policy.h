#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace freshet::index {

/// How full a segment is.
struct SegmentLoad {
  std::uint64_t passages = 0;
  std::uint64_t live = 0;
};

/// A segment with a larger share of dead passages is written anew.
inline constexpr double kMaxDeadShare = 0.3;

/// Places of the segments to write as one, ascending; empty when nothing is due. Sizes fall into
/// classes, each `factor` times the one before; a class with `factor` segments is due together with
/// all smaller ones. So small segments are merged often and large ones rarely: each passage is
/// written about once per class. Pure.
std::vector<std::size_t> segments_due(std::span<const SegmentLoad> segments, std::size_t factor);

}  // namespace freshet::index
