#pragma once

#include <vector>

#include <git2.h>

#include "base/result.h"
#include "sources/git/changes.h"

namespace freshet::sources::git {

/// Which files were added, deleted or modified from one tree (null means the empty one) to another,
/// sorted by path; no renames. Equal directories are never opened, which makes it several times as
/// fast as libgit2's own difference on the small steps that history is made of. Submodules and mode
/// bits are ignored. Corrupt when a directory cannot be read or when the trees are too deep or
/// large to be honest.
Result<std::vector<PathChange>> tree_difference(git_repository& repository, git_tree* from,
                                                git_tree* to);

}  // namespace freshet::sources::git
