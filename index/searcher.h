#pragma once

#include <filesystem>
#include <memory>

#include "base/interruption.h"
#include "base/result.h"
#include "index/encoding/encoder.h"
#include "index/hit.h"
#include "index/query.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// Answers queries from one data directory's index. Thread-safe: keyword handles are pooled per
/// thread use (one Xapian::Database per thread and generation). Each answer comes from exactly one
/// generation.
class Searcher {
 public:
  /// `encoder` may be null: then hybrid and vector answers are degraded to keyword and say so.
  Searcher(SnapshotSource& snapshots, const Encoder* encoder);
  ~Searcher();

  /// NotFound before the first publish; Invalid for a bad query; a leg that fails is named in
  /// `degraded`, and only when both fail is there an error.
  Result<Answer> search(const Query& query) const;

  /// The same over a generation the caller holds.
  Result<Answer> search(const Query& query, const std::shared_ptr<const Snapshot>& snapshot) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace freshet::index
