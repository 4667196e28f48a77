#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <git2.h>

#include "base/result.h"

namespace freshet::sources::git {

/// The size of a file's content without reading it. Corrupt when it is missing.
Result<std::uint64_t> blob_size(git_repository& repository, const git_oid& id);

/// A file's content, checked against its id. Corrupt when missing or damaged.
Result<std::string> read_blob(git_repository& repository, const git_oid& id);

/// Whether the content only stands for a file kept elsewhere (git-lfs pointer, specification
/// version 1).
bool is_lfs_pointer(std::string_view content);

}  // namespace freshet::sources::git
