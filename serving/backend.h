#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "index/hit.h"
#include "index/query.h"
#include "index/segments/snapshot.h"
#include "serving/ledger_pool.h"

namespace freshet::serving {

/// What the endpoints answer from: the seam between HTTP and the rooms below, so that tests can put
/// anything behind it. Everything is called from several threads at once.
struct Backend {
  std::function<Result<index::Answer>(const index::Query&)> search;
  /// NotFound before the first publish.
  std::function<Result<std::shared_ptr<const index::Snapshot>>()> newest_snapshot;
  /// Why a newer generation is not the one served; empty when all is well.
  std::function<std::string()> snapshot_problem;
  LedgerPool::Open open_ledger;
  std::string encoder_description;
  const Clock& clock;
  Log& log;
};

}  // namespace freshet::serving
