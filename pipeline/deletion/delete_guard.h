#pragma once

#include <cstdint>

#include "base/result.h"
#include "sources/connector.h"

namespace freshet::pipeline {

/// How much of a source may vanish in one sync before we stop and ask (promise 5).
struct DeleteGuard {
  /// Share of the source's live documents. Lower catches a broken listing earlier; higher lets a
  /// large clean-up through without `--max-delete`.
  double max_fraction = 0.3;
  /// So many may always go, whatever the share: keeps small sources usable.
  std::uint64_t max_count = 50;
};

/// Refused when the batch deletes more than the guard allows of `live` documents, and when it
/// deletes anything unproven without being complete, or anything without evidence. The message says how many, of how
/// many, and that
/// `--max-delete` lets it through. Siblings (renditions of another document) count on neither side:
/// three documents made of one ticket are one ticket.
Result<Done> check_deletions(const sources::Batch& batch, std::uint64_t live,
                             const DeleteGuard& guard);

}  // namespace freshet::pipeline
