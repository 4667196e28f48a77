#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "sources/connector.h"
#include "tests/sources/support/memory_ledger.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::testing {

struct SyncOptions {
  FetchMode mode = FetchMode::Incremental;
  std::size_t max_documents = 200;
  std::size_t max_bytes = std::size_t{32} << 20;
  Interruption interruption{};
};

inline Result<Batch> fetch(Connector& connector, const MemoryLedger& ledger,
                           const SyncOptions& options = {}) {
  return connector.fetch({ledger.cursor, ledger, options.interruption, options.mode,
                          options.max_documents, options.max_bytes});
}

/// Fetches and stores until the connector has nothing more; all batches in order.
inline Result<std::vector<Batch>> sync(Connector& connector, MemoryLedger& ledger,
                                       const SyncOptions& options = {}) {
  constexpr int kMaxBatches = 10'000;
  std::vector<Batch> batches;
  for (int i = 0; i < kMaxBatches; ++i) {
    FRESHET_TRY(auto batch, fetch(connector, ledger, options));
    ledger.store(batch);
    batches.push_back(std::move(batch));
    if (!batches.back().more) return batches;
  }
  return Error{ErrorKind::Internal, "the connector never comes to an end"};
}

inline std::vector<Change> changes_of(const std::vector<Batch>& batches) {
  std::vector<Change> changes;
  for (const auto& batch : batches) {
    changes.insert(changes.end(), batch.changes.begin(), batch.changes.end());
  }
  return changes;
}

}  // namespace freshet::sources::testing
