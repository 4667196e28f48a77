#include <mutex>

#include <sys/stat.h>

#include "index/segments/layout.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

namespace {

/// What tells one version of a file from the next.
struct FileStamp {
  std::uint64_t inode = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  std::int64_t size = 0;
  bool operator==(const FileStamp&) const = default;
};

/// What tells one view of the index from the next.
struct Stamp {
  std::optional<FileStamp> current;
  std::optional<FileStamp> hidden;
  bool operator==(const Stamp&) const = default;
};

std::optional<FileStamp> stamp_of(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileStamp{status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size};
}

}  // namespace

struct SnapshotSource::State {
  std::filesystem::path directory;
  std::mutex opening;                       ///< Held by the one thread that opens a new generation.
  mutable std::mutex mutex;                 ///< Guards what follows; held for moments only.
  std::shared_ptr<const Snapshot> current;  ///< Shared with the queries that run on it.
  std::optional<Stamp> stamp;               ///< Of what was last tried.
  std::string problem;

  /// What serves now, if that is what `now` stands for.
  std::shared_ptr<const Snapshot> if_unchanged(const Stamp& now) const {
    const std::lock_guard lock(mutex);
    return stamp == now ? current : nullptr;
  }

  std::shared_ptr<const Snapshot> any() const {
    const std::lock_guard lock(mutex);
    return current;
  }

  Result<std::shared_ptr<const Snapshot>> open(const Stamp& now) {
    auto opened = Snapshot::open(directory);
    const std::lock_guard lock(mutex);
    if (opened) {
      current = *opened;
      stamp = now;
      problem.clear();
      return opened;
    }
    problem = opened.error().message;
    // Damage does not heal until a file changes; anything else is tried again.
    if (opened.error().kind == ErrorKind::Corrupt) stamp = now;
    if (current == nullptr) return opened;
    return current;
  }
};

SnapshotSource::SnapshotSource(std::filesystem::path index_directory)
    : state_(std::make_unique<State>()) {
  state_->directory = std::move(index_directory);
}
SnapshotSource::~SnapshotSource() = default;

Result<std::shared_ptr<const Snapshot>> SnapshotSource::newest() {
  const Stamp now{stamp_of(current_file_path(state_->directory)),
                  stamp_of(hidden_documents_path(state_->directory))};
  if (auto snapshot = state_->if_unchanged(now)) return snapshot;
  std::unique_lock opening(state_->opening, std::defer_lock);
  if (!opening.try_lock()) {
    // Another thread is opening the new one: the last one serves meanwhile, unless there is none.
    if (auto snapshot = state_->any()) return snapshot;
    opening.lock();
  }
  if (auto snapshot = state_->if_unchanged(now)) return snapshot;
  return state_->open(now);
}

std::string SnapshotSource::last_problem() const {
  const std::lock_guard lock(state_->mutex);
  return state_->problem;
}

}  // namespace freshet::index
