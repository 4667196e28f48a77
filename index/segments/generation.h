#pragma once

#include <filesystem>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "index/segments/manifest.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// The live manifest, or an empty one with number 0, after what earlier writers left is removed:
/// every write that builds something starts here.
Result<Manifest> begin_write(const std::filesystem::path& index_directory,
                             std::size_t keep_generations);

/// Takes the document's live passages out of `next`; nothing happens when it has none. `snapshot`
/// is the generation that `next` started from.
Result<Done> hide_document(const Snapshot& snapshot, std::string_view id, Manifest& next);

/// Publishes `next` as the generation after `current`: drops segments without a live passage,
/// writes the manifest, then CURRENT.
Result<GenerationSummary> make_live(const std::filesystem::path& index_directory,
                                    std::uint64_t current, Manifest next, const Clock& clock);

}  // namespace freshet::index
