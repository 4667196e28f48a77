#pragma once

#include <string>
#include <vector>

#include <git2.h>

#include "base/result.h"

namespace freshet::sources::git {

/// What a step from one tree to another did to a path.
struct PathChange {
  enum class Kind { Added, Deleted, Modified, Renamed };
  Kind kind;
  std::string path;      ///< After the step; for Deleted, before it.
  std::string old_path;  ///< Renamed only.
  git_oid old_id;        ///< Zero for Added.
  git_oid new_id;        ///< Zero for Deleted.
};

/// The changes from one tree (null means the empty one) to another. Renames are found by equal
/// content first, then by similarity of at least half, unless so many files came and went (over 200
/// by 200) that comparing them all would take too long; git's own limits are alike. When a file
/// that similarity needs cannot be read, the answer has no inexact renames. Corrupt when a
/// directory cannot be read.
Result<std::vector<PathChange>> changes_between(git_repository& repository, git_tree* from,
                                                git_tree* to);

}  // namespace freshet::sources::git
