#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace freshet::index {

/// Writes a file that nobody reads yet. Not durable: a segment's files are synced together once all
/// are written, because syncing one file at a time costs a disk flush for each.
Result<Done> write_new_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes every file in the directory, and the directory itself, durable.
Result<Done> sync_all_files(const std::filesystem::path& directory);

}  // namespace freshet::index
