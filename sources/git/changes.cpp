#include "sources/git/changes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sources/git/handles.h"
#include "sources/git/tree_difference.h"

namespace freshet::sources::git {
namespace {

constexpr std::size_t kMaxSimilarityPairs = std::size_t{200} * 200;
using Kind = PathChange::Kind;

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

bool before(const git_oid& a, const git_oid& b) {
  return git_oid_cmp(&a, &b) < 0;
}

/// Turns deletes and adds of equal content into renames; of several, one that keeps the file's name
/// wins.
void pair_equal_content(std::vector<PathChange>& changes) {
  std::map<git_oid, std::vector<PathChange*>, decltype(&before)> deleted(&before);
  for (auto& change : changes) {
    if (change.kind == Kind::Deleted) deleted[change.old_id].push_back(&change);
  }
  for (auto& change : changes) {
    if (change.kind != Kind::Added) continue;
    const auto found = deleted.find(change.new_id);
    if (found == deleted.end() || found->second.empty()) continue;
    auto& candidates = found->second;
    auto best =
        std::find_if(candidates.begin(), candidates.end(), [&](const PathChange* candidate) {
          return file_name(candidate->path) == file_name(change.path);
        });
    if (best == candidates.end()) best = candidates.begin();
    change.kind = Kind::Renamed;
    change.old_path = std::exchange((*best)->path, {});  // Marks it as used.
    change.old_id = change.new_id;
    candidates.erase(best);
  }
  std::erase_if(changes, [](const PathChange& change) { return change.path.empty(); });
}

PathChange change_of(const git_diff_delta& delta) {
  PathChange change{Kind::Modified, delta.new_file.path, {}, delta.old_file.id, delta.new_file.id};
  if (delta.status == GIT_DELTA_ADDED) {
    change.kind = Kind::Added;
  } else if (delta.status == GIT_DELTA_DELETED) {
    change.kind = Kind::Deleted;
    change.path = delta.old_file.path;
  } else if (delta.status == GIT_DELTA_RENAMED) {
    change.kind = Kind::Renamed;
    change.old_path = delta.old_file.path;
  }
  return change;
}

/// The whole difference again as libgit2 sees it, with renames by similarity. Empty when it cannot.
std::vector<PathChange> similar_changes(git_repository& repository, git_tree* from, git_tree* to) {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_IGNORE_SUBMODULES;
  git_diff* opened = nullptr;
  if (git_diff_tree_to_tree(&opened, &repository, from, to, &options) != 0) return {};
  const Diff diff(opened);
  git_diff_find_options find = GIT_DIFF_FIND_OPTIONS_INIT;
  find.flags = GIT_DIFF_FIND_RENAMES;
  find.rename_limit = kMaxSimilarityPairs;
  if (git_diff_find_similar(opened, &find) != 0) return {};
  std::vector<PathChange> changes;
  for (std::size_t i = 0; i < git_diff_num_deltas(opened); ++i) {
    changes.push_back(change_of(*git_diff_get_delta(opened, i)));
  }
  return changes;
}

std::size_t count(const std::vector<PathChange>& changes, Kind kind) {
  return static_cast<std::size_t>(
      std::count_if(changes.begin(), changes.end(),
                    [kind](const PathChange& change) { return change.kind == kind; }));
}

}  // namespace

Result<std::vector<PathChange>> changes_between(git_repository& repository, git_tree* from,
                                                git_tree* to) {
  FRESHET_TRY(auto changes, tree_difference(repository, from, to));
  if (count(changes, Kind::Added) == 0 || count(changes, Kind::Deleted) == 0) return changes;
  pair_equal_content(changes);
  const auto pairs = count(changes, Kind::Added) * count(changes, Kind::Deleted);
  if (pairs == 0 || pairs > kMaxSimilarityPairs) return changes;
  auto similar = similar_changes(repository, from, to);
  return similar.empty() ? std::move(changes) : std::move(similar);
}

}  // namespace freshet::sources::git
