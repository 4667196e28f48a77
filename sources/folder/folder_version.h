#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "sources/folder/directory_listing.h"

namespace freshet::sources::folder {

/// A folder document's version, taken apart: content hash, the form's stamp, size and modification
/// time.
struct FolderVersion {
  Hash128 content;
  std::string form;  ///< DocumentForm::stamp().
  std::uint64_t size = 0;
  std::int64_t modified = 0;
};

std::string format_folder_version(const FolderVersion& version);

/// Nothing when the text is not a version of ours: the file is read again then.
std::optional<FolderVersion> parse_folder_version(std::string_view text);

}  // namespace freshet::sources::folder
