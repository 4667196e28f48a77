#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/segments/snapshot.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::pipeline {

struct VerifyReport {
  std::uint64_t documents =
      0;  ///< Compared: live in the ledger with at least one passage, or in the index.
  std::uint64_t passages = 0;
  std::vector<std::string> differences;  ///< One sentence each, at most 1,000 kept.
  std::uint64_t difference_count = 0;    ///< All of them.
};

/// Compares what the index serves with what the ledger says it should: the same documents, content
/// hashes, principals, and per passage the ordinal and the text's hash; nothing else live. An index
/// that does not cover the ledger's last change is a difference. An Error only where one of the two
/// cannot be read.
Result<VerifyReport> verify(const Ledger& ledger, const index::Snapshot& snapshot);

}  // namespace freshet::pipeline
