#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <git2.h>

#include "base/clock.h"
#include "sources/git/changes.h"

namespace freshet::sources::git {

/// Who committed, when, as what.
struct CommitFacts {
  std::string revision;  ///< 40 hexadecimal digits.
  Instant time;          ///< The committer's; authors' clocks jump more.
  std::string name;      ///< The author: "Name <mail>".
};

CommitFacts facts_of(const git_commit& commit);

/// Which commit made each change that a commit brought to its first parent. For a plain commit that
/// is the commit itself; for a merge, the newest commit of the merged branches with the same
/// outcome for the path.
class Attribution {
 public:
  Attribution(git_repository& repository, const git_commit& commit,
              const std::vector<PathChange>& changes);

  [[nodiscard]] const CommitFacts& of(const PathChange& change) const;

 private:
  void read_merged_branches(git_repository& repository, const git_commit& merge,
                            const std::vector<PathChange>& changes);

  CommitFacts own_;
  std::unordered_map<std::string, CommitFacts> merged_;
};

}  // namespace freshet::sources::git
