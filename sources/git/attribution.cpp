#include "sources/git/attribution.h"

#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

#include "base/utf8.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

// A merge of more commits than this is a branch that lived a life of its own: the merge gets the
// rest.
constexpr int kMaxMergedCommits = 1000;

/// A change's outcome: this path came to have this content, or ceased to be.
std::string outcome(const PathChange& change) {
  const bool deleted = change.kind == PathChange::Kind::Deleted;
  return (deleted ? std::string(1, '-') : to_hex(change.new_id)) + change.path;
}

}  // namespace

CommitFacts facts_of(const git_commit& commit) {
  const git_signature* author = git_commit_author(&commit);
  std::string name = "unknown";
  if (author != nullptr && author->name != nullptr && author->email != nullptr) {
    name = to_valid_utf8(std::string(author->name) + " <" + author->email + ">");
  }
  // Out-of-range times exist in the wild; keep them where microseconds since 1970 still fit.
  constexpr git_time_t kLatest = 253402300799;  // The year 9999.
  const auto seconds = std::min(std::max(git_commit_time(&commit), git_time_t{0}), kLatest);
  return {to_hex(*git_commit_id(&commit)), Instant(std::chrono::seconds(seconds)), std::move(name)};
}

Attribution::Attribution(git_repository& repository, const git_commit& commit,
                         const std::vector<PathChange>& changes)
    : own_(facts_of(commit)) {
  if (git_commit_parentcount(&commit) > 1 && !changes.empty()) {
    read_merged_branches(repository, commit, changes);
  }
}

const CommitFacts& Attribution::of(const PathChange& change) const {
  const auto found = merged_.find(outcome(change));
  return found == merged_.end() ? own_ : found->second;
}

void Attribution::read_merged_branches(git_repository& repository, const git_commit& merge,
                                       const std::vector<PathChange>& changes) {
  std::unordered_set<std::string> open;
  for (const auto& change : changes) open.insert(outcome(change));
  git_revwalk* created = nullptr;
  if (git_revwalk_new(&created, &repository) != 0) return;
  const Walk walk(created);
  git_revwalk_sorting(created, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
  git_revwalk_hide(created, git_commit_parent_id(&merge, 0));
  for (unsigned int i = 1; i < git_commit_parentcount(&merge); ++i) {
    git_revwalk_push(created, git_commit_parent_id(&merge, i));
  }
  git_oid id{};
  for (int n = 0; n < kMaxMergedCommits && !open.empty() && git_revwalk_next(&id, created) == 0;
       ++n) {
    const auto commit = open_commit(repository, id);
    if (!commit) return;
    if (git_commit_parentcount(commit->get()) != 1) continue;
    const auto tree = tree_of(repository, id);
    const auto before = tree_of(repository, *git_commit_parent_id(commit->get(), 0));
    if (!tree || !before) continue;
    const auto made = changes_between(repository, before->get(), tree->get());
    if (!made) continue;
    for (const auto& change : *made) {
      const auto key = outcome(change);
      if (open.erase(key) > 0) merged_.emplace(key, facts_of(**commit));
    }
  }
}

}  // namespace freshet::sources::git
