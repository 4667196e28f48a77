#pragma once

#include <filesystem>

#include "base/clock.h"
#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "pipeline/publish.h"

namespace freshet::pipeline {

/// Where the index is and how it is written.
struct RebuildTarget {
  std::filesystem::path index_directory;
  config::IndexSettings settings;
  const Clock& clock;
};

/// Builds the whole index anew from the ledger, in `<index_directory>.rebuild`, and swaps the two
/// in one atomic step; the live generation serves until then, whatever state it is in, and is gone
/// afterwards. Generation numbers go on from the highest ever recorded. Killed or interrupted
/// anywhere, either the old index is whole or the new one is; leftovers are removed by the next
/// rebuild, and what was encoded is cached.
Result<PublishReport> rebuild(Ledger& ledger, const index::Encoder& encoder,
                              const RebuildTarget& target, const PublishOptions& options,
                              const Interruption& interruption);

}  // namespace freshet::pipeline
