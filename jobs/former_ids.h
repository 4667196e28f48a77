#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/ledger/ledger.h"

namespace freshet::jobs {

/// Every id under which an index that covers the ledger up to `sequence` may hold the document: its
/// own and its former ones, but for those that another document had taken by then.
Result<std::vector<std::string>> ids_in_index(const pipeline::Ledger& ledger,
                                              const pipeline::DocumentRecord& record,
                                              std::uint64_t sequence);

}  // namespace freshet::jobs
