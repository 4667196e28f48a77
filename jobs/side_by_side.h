#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

namespace freshet::jobs {

struct SideBySide {
  std::size_t parallel = 4;  ///< Tasks that run at the same time, at least 1.
  /// How long those that still run may keep the result of a finished one waiting.
  std::chrono::milliseconds patience{10'000};
};

/// Runs task(0) to task(count - 1) on threads, begun in this order, and returns when all have
/// ended. While some run on, `meanwhile` is called on the calling thread when others have ended
/// since its last call and then none for `patience`. A task must not throw.
void run_side_by_side(std::size_t count, const SideBySide& how,
                      const std::function<void(std::size_t)>& task,
                      const std::function<void()>& meanwhile);

}  // namespace freshet::jobs
