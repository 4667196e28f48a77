#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/keyword/keyword_index.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// Keyword indexes of the generation asked for last that no thread is using. Xapian allows one
/// thread at a time per database, so each query borrows one; at most kMaxIdle wait, and those of
/// another generation are closed. Thread-safe.
class KeywordPool {
 public:
  static constexpr std::size_t kMaxIdle = 32;

  /// A borrowed index; goes back when destroyed. Must not outlive the pool.
  class Lease {
   public:
    Lease(KeywordPool& pool, std::string generation, KeywordIndex index)
        : pool_(&pool),
          generation_(std::move(generation)),
          index_(std::make_unique<KeywordIndex>(std::move(index))) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) noexcept = delete;
    ~Lease() {
      if (index_) pool_->give_back(generation_, std::move(*index_));
    }
    [[nodiscard]] const KeywordIndex& index() const { return *index_; }

   private:
    KeywordPool* pool_;
    std::string generation_;
    std::unique_ptr<KeywordIndex> index_;
  };

  /// Opens a new one when none waits.
  Result<Lease> borrow(const Snapshot& snapshot);

 private:
  void give_back(const std::string& generation, KeywordIndex index);

  std::mutex mutex_;
  std::string generation_;          // Of all that wait; guarded by mutex_.
  std::vector<KeywordIndex> idle_;  // Guarded by mutex_.
};

}  // namespace freshet::index
