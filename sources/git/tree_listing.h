#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include <git2.h>

#include "base/interruption.h"
#include "base/result.h"
#include "sources/connector.h"

namespace freshet::sources::git {

struct TreeFile {
  std::string path;
  git_oid id;
  bool symlink = false;
};

/// Every file of a commit's tree, sorted by the bytes of its path.
struct TreeListing {
  std::vector<TreeFile> files;
  SkippedCounts skipped;              ///< "submodule", "not_utf8_name".
  std::vector<std::string> problems;  ///< Directories that could not be read; empty means complete.
};

/// A "git bomb" holds billions of paths in a few objects; no honest tree comes near these.
struct TreeLimits {
  std::size_t max_entries = 4'000'000;  ///< Files and directories, each path counted.
  std::size_t max_depth = 512;          ///< Directories inside each other.
  std::size_t max_path_bytes = std::size_t{512} << 20;  ///< Of all files' paths together.
};

/// Lists the tree of a commit. A missing directory is a problem, not an error. Invalid when the
/// tree goes beyond a limit; Interrupted when stopped on request.
Result<TreeListing> list_tree(git_repository& repository, const git_oid& commit_id,
                              const Interruption& interruption, const TreeLimits& limits = {});

/// The paths of a listing, for looking up.
std::unordered_set<std::string> paths_of(const TreeListing& listing);

}  // namespace freshet::sources::git
