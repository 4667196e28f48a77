#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "base/result.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::jobs {

/// One ledger for several threads. Each reads through a handle of its own; what they write goes
/// through the one handle that writes, one at a time. So nobody waits for a lock in the database,
/// and the handle that turned on the write-ahead log is the last to leave and folds it.
///
/// Thread-safe. Readers must be gone before the writing handle closes.
class SharedLedger {
 public:
  using Open = std::function<Result<std::unique_ptr<pipeline::Ledger>>()>;
  SharedLedger(pipeline::Ledger& writer, Open open_reader)
      : writer_(&writer), open_reader_(std::move(open_reader)) {}

  /// A handle for one thread.
  [[nodiscard]] Result<std::unique_ptr<pipeline::Ledger>> reader() const { return open_reader_(); }

  template <typename Action>
  auto write(Action action) {
    const std::lock_guard lock(mutex_);
    return action(*writer_);
  }

 private:
  std::mutex mutex_;  ///< Guards `*writer_`.
  pipeline::Ledger* writer_;
  Open open_reader_;
};

}  // namespace freshet::jobs
