#pragma once

#include <cstddef>
#include <string>
#include <unordered_set>
#include <vector>

#include <git2.h>

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

/// Lists the tree of a commit. A missing directory is a problem, not an error. More than
/// `max_files` files (a "git bomb" has billions in a few objects) is a problem too.
Result<TreeListing> list_tree(git_repository& repository, const git_oid& commit_id,
                              std::size_t max_files = 4'000'000);

/// The paths of a listing, for looking up.
std::unordered_set<std::string> paths_of(const TreeListing& listing);

}  // namespace freshet::sources::git
