#pragma once

#include <filesystem>

#include "base/result.h"
#include "index/segments/manifest.h"

namespace freshet::index {

/// Removes what no kept generation needs: unfinished segments, manifests that never became live,
/// all but the live one and the `keep` before it, and the segments that none of these names. Keeps
/// every segment when a kept manifest cannot be read. Readers that hold removed files go on reading
/// them.
Result<Done> remove_leftovers(const std::filesystem::path& index_directory, const Manifest& current,
                              std::size_t keep);

}  // namespace freshet::index
