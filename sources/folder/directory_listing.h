#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/interruption.h"
#include "base/result.h"
#include "sources/connector.h"
#include "sources/document_form.h"

namespace freshet::sources::folder {

/// What stat says about a file's content. Times are nanoseconds since 1970.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  std::int64_t changed = 0;  ///< ctime: cannot be set back, so it also shows replaced files.
  bool operator==(const FileStamp&) const = default;
};

struct ListedFile {
  std::string path;  ///< Relative, "/"-separated.
  FileStamp stamp;
};

/// Every document file below a directory, sorted by the bytes of its path.
struct DirectoryListing {
  std::vector<ListedFile> files;
  SkippedCounts skipped;  ///< "symlink", "symlink_loop", "special_file", "not_utf8_name".
  std::vector<std::string> problems;  ///< Directories that could not be read; empty means complete.
};

enum class Symlinks { Skip, Follow };

/// Lists the files that `form` wants. The root may itself be a link. NotFound when the root does
/// not exist, Invalid when it is no directory, Denied when it cannot be listed, Interrupted on
/// request. A directory below that cannot be listed is a problem, not an error.
Result<DirectoryListing> list_directory(const std::filesystem::path& root, const DocumentForm& form,
                                        Symlinks symlinks, const Interruption& interruption);

}  // namespace freshet::sources::folder
