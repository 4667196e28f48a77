#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/segments/writer.h"

namespace freshet::index {

/// A document that readers leave out of every generation that does not cover change `sequence` of
/// the ledger yet. A generation that covers it has replayed the change that removed the document,
/// and decides by itself again.
struct HiddenDocument {
  std::string id;
  std::string ledger;  ///< As in IndexIdentity.
  std::uint64_t sequence = 0;
};

/// Hides documents from every reader at once; durable on return. Needs no lock: whoever writes
/// generations meanwhile, cannot show them again.
Result<Done> hide_documents(const std::filesystem::path& index_directory,
                            std::span<const HiddenDocument> documents);

/// The ids that readers of this generation leave out.
Result<std::vector<std::string>> hidden_documents(const std::filesystem::path& index_directory,
                                                  const GenerationSummary& generation);

}  // namespace freshet::index
