#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"
#include "pipeline/deletion/delete_guard.h"
#include "pipeline/ledger/ledger.h"
#include "sources/connector.h"

namespace freshet::pipeline {

struct PullReport {
  StoreReport stored;  ///< Sums over all batches.
  sources::SkippedCounts skipped;
  std::vector<std::string> problems;  ///< What could not be read, a line each.
  std::uint64_t batches = 0;
  bool complete = false;
};

struct PullOptions {
  sources::FetchMode mode = sources::FetchMode::Incremental;
  DeleteGuard guard;
  /// Stores a batch where several pulls share a ledger; without it the ledger itself does.
  std::function<Result<StoreReport>(const sources::Batch&)> store{};
  /// Told after every batch, for progress.
  std::function<void(const PullReport&)> progress = [](const PullReport&) {};
};

/// Reads one source until it has nothing more to give.
///
/// A kill between any two steps loses no change: documents and the cursor that covers them enter
/// the ledger in one transaction, so the worst case is reading the same batch again. Nothing is
/// written when nothing changed. Refused when the delete guard trips (nothing of that last batch is
/// applied); Interrupted when `interruption` is due, with everything so far stored.
Result<PullReport> pull(std::string_view source, sources::Connector& connector, Ledger& ledger,
                        const PullOptions& options, const Interruption& interruption);

}  // namespace freshet::pipeline
