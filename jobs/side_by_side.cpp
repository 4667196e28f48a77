#include "jobs/side_by_side.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace freshet::jobs {

namespace {

/// Counts the tasks that have ended.
class Ended {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_one();
  }

  /// Returns when all have ended, or some more than `told` and then none for `patience`.
  std::size_t wait(std::size_t all, std::size_t told, std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ > told; });
    for (std::size_t seen = told; seen != count_ && count_ < all;) {
      seen = count_;
      changed_.wait_for(lock, patience, [&] { return count_ != seen; });
    }
    return count_;
  }

 private:
  std::mutex mutex_;  ///< Guards `count_`.
  std::condition_variable changed_;
  std::size_t count_ = 0;
};

}  // namespace

void run_side_by_side(std::size_t count, const SideBySide& how,
                      const std::function<void(std::size_t)>& task,
                      const std::function<void()>& meanwhile) {
  Ended ended;
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> threads;
  const auto work = [&] {
    for (std::size_t mine = next++; mine < count; mine = next++) {
      task(mine);
      ended.add();
    }
  };
  for (std::size_t i = 0; i < std::min(how.parallel, count); ++i) threads.emplace_back(work);
  for (std::size_t told = 0; told < count;) {
    told = ended.wait(count, told, how.patience);
    if (told < count) meanwhile();
  }
}

}  // namespace freshet::jobs
