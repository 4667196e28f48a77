#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace freshet::index {

/// Which texts go through the model together: texts of similar length, so that little is padded.
struct BatchPlan {
  std::size_t length = 0;            ///< Tokens of the longest, all others are padded to it.
  std::vector<std::size_t> members;  ///< Positions in the input.
};

struct BatchLimits {
  std::size_t texts = 32;
  std::size_t tokens = 8192;  ///< Padding included; one text alone may have more.
};

/// Every position is in exactly one batch. The longest come first, so that a batch too large for
/// memory fails at once.
std::vector<BatchPlan> plan_batches(std::span<const std::size_t> lengths,
                                    const BatchLimits& limits);

}  // namespace freshet::index
