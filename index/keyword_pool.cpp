#include "index/keyword_pool.h"

#include <utility>

namespace freshet::index {
namespace {

PassageSet dead_in(const Snapshot& snapshot) {
  PassageSet dead;
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    const PassageNumber first = segment.first_number();
    dead.add_range(first, first + static_cast<PassageNumber>(segment.size()));
  }
  dead -= snapshot.live();
  return dead;
}

}  // namespace

Result<KeywordPool::Lease> KeywordPool::borrow(const Snapshot& snapshot) {
  // The number alone may come again after an index was deleted and made anew.
  // Hidden documents change what lives in one.
  const std::string generation = std::to_string(snapshot.summary().number) + " " +
                                 snapshot.summary().published_at + " " +
                                 std::to_string(snapshot.live().size());
  std::vector<KeywordIndex> closed;  // Outlives the lock: closing files need not hold it.
  {
    const std::lock_guard lock(mutex_);
    if (generation != generation_) {
      closed.swap(idle_);
      generation_ = generation;
    }
    if (!idle_.empty()) {
      KeywordIndex index = std::move(idle_.back());
      idle_.pop_back();
      return Lease(*this, generation, std::move(index));
    }
  }
  FRESHET_TRY(auto index, KeywordIndex::open(snapshot.segment_directories(), dead_in(snapshot)));
  return Lease(*this, generation, std::move(index));
}

void KeywordPool::give_back(const std::string& generation, KeywordIndex index) {
  const std::lock_guard lock(mutex_);
  if (generation == generation_ && idle_.size() < kMaxIdle) idle_.push_back(std::move(index));
}

}  // namespace freshet::index
