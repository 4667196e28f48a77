#pragma once

#include <vector>

#include "base/result.h"
#include "pipeline/freshness/inspection.h"

namespace freshet::pipeline {

/// A detector turns what is known of a source into findings. To add one: a file of its own, a line
/// here, a line in detect.cpp.

/// A document that the live index serves although its source no longer has it.
Result<std::vector<Finding>> find_source_gone(const Ledger& ledger, const Inspection& inspection);
/// A live document whose text is not the one that the live index serves.
Result<std::vector<Finding>> find_index_behind(const Ledger& ledger, const Inspection& inspection);
/// A link, image or include whose target was removed.
Result<std::vector<Finding>> find_broken_links(const Ledger& ledger, const Inspection& inspection);
/// ... or moved to a place that still exists.
Result<std::vector<Finding>> find_moved_links(const Ledger& ledger, const Inspection& inspection);

}  // namespace freshet::pipeline
