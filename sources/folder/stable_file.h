#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "sources/folder/directory_listing.h"

namespace freshet::sources::folder {

/// A file's content and the stamp it had the whole time.
struct StableFile {
  std::string content;
  FileStamp stamp;
  bool too_large = false;  ///< Larger than allowed; the content was not read.
};

/// Reads a file that must not change meanwhile: when it does, tries once more, then fails as
/// Unavailable. NotFound, Denied or Unavailable otherwise. Never blocks on what turned into a pipe
/// or device.
Result<StableFile> read_stable_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                                    Symlinks symlinks);

}  // namespace freshet::sources::folder
