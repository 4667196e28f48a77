#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <git2.h>

#include "base/interruption.h"
#include "base/result.h"
#include "sources/connector.h"

namespace freshet::sources::git {

/// What to look for in the history of a commit.
struct HistoryQuestion {
  git_oid target;                      ///< Walk back from here along first parents.
  std::optional<git_oid> boundary;     ///< Departures older than this commit are known already.
  std::vector<std::string> documents;  ///< Paths whose provenance is wanted.
  const std::unordered_set<std::string>& present;  ///< Every path that exists at `target`.
};

struct History {
  std::unordered_map<std::string, Provenance> provenance;  ///< By path; a member may stay empty.
  std::vector<Departure> departures;  ///< Newest per path, of paths that are not present.
};

/// Walks back from the target until everything asked is answered.
///
/// A merge's changes are attributed to the commit of the merged branch that made them, where one
/// did. The revision of a document is the last commit that changed its content; renames alone do
/// not count, and are followed. White space is content. Where commits are missing (shallow or
/// damaged repositories) the answer is what could be seen. After the boundary, at most 2,000
/// further commits are read only to complete lists of authors. Interrupted when stopped on request;
/// nothing else fails.
Result<History> read_history(git_repository& repository, const HistoryQuestion& question,
                             const Interruption& interruption);

/// The newest commit that both ids have on their lines of first parents, if any.
std::optional<git_oid> meeting_point(git_repository& repository, const git_oid& one,
                                     const git_oid& other);

}  // namespace freshet::sources::git
