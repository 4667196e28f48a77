#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "index/segments/snapshot.h"
#include "pipeline/freshness/finding.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

struct StaleReport {
  std::vector<Finding> findings;   ///< By source, path, line.
  std::vector<std::string> notes;  ///< Rules that muted themselves and why; incomplete histories.
  std::size_t documents_checked = 0;
  std::size_t links_checked = 0;
};

/// Runs every detector over the given sources (empty: all). `snapshot` may be null (nothing
/// published yet). Same ledger, same report: order and bytes.
Result<StaleReport> detect_stale(const Ledger& ledger, const index::Snapshot* snapshot,
                                 const std::vector<std::string>& sources);

}  // namespace freshet::pipeline
