#include "sources/git/changes.h"

#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

constexpr std::size_t kMaxSimilarityPairs = std::size_t{200} * 200;

Result<Diff> compare_trees(git_repository& repository, git_tree* from, git_tree* to) {
  git_diff_options options = GIT_DIFF_OPTIONS_INIT;
  options.flags = GIT_DIFF_SKIP_BINARY_CHECK | GIT_DIFF_IGNORE_SUBMODULES;
  git_diff* diff = nullptr;
  if (git_diff_tree_to_tree(&diff, &repository, from, to, &options) != 0) {
    return Error{ErrorKind::Corrupt, "cannot compare two commits: " + last_message()};
  }
  return Diff(diff);
}

/// Turns deletes and adds of `diff` that belong together into renames. False when a file was
/// unreadable.
bool find_renames(git_diff& diff, unsigned int flags) {
  git_diff_find_options options = GIT_DIFF_FIND_OPTIONS_INIT;
  options.flags = flags;
  options.rename_limit = kMaxSimilarityPairs;
  return git_diff_find_similar(&diff, &options) == 0;
}

PathChange change_of(const git_diff_delta& delta) {
  PathChange change{
      PathChange::Kind::Modified, delta.new_file.path, {}, delta.old_file.id, delta.new_file.id};
  if (delta.status == GIT_DELTA_ADDED) {
    change.kind = PathChange::Kind::Added;
  } else if (delta.status == GIT_DELTA_DELETED) {
    change.kind = PathChange::Kind::Deleted;
    change.path = delta.old_file.path;
  } else if (delta.status == GIT_DELTA_RENAMED) {
    change.kind = PathChange::Kind::Renamed;
    change.old_path = delta.old_file.path;
  }
  return change;
}

}  // namespace

Result<std::vector<PathChange>> changes_between(git_repository& repository, git_tree* from,
                                                git_tree* to) {
  FRESHET_TRY(Diff diff, compare_trees(repository, from, to));
  const auto added = git_diff_num_deltas_of_type(diff.get(), GIT_DELTA_ADDED);
  const auto deleted = git_diff_num_deltas_of_type(diff.get(), GIT_DELTA_DELETED);
  if (added > 0 && deleted > 0) {
    const bool few = added * deleted <= kMaxSimilarityPairs;
    const unsigned int exact = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_EXACT_MATCH_ONLY;
    if (!few || !find_renames(*diff, GIT_DIFF_FIND_RENAMES)) {
      // A failed attempt may leave the diff half changed.
      FRESHET_TRY(diff, compare_trees(repository, from, to));
      find_renames(*diff, exact);
    }
  }
  std::vector<PathChange> changes;
  for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); ++i) {
    changes.push_back(change_of(*git_diff_get_delta(diff.get(), i)));
  }
  return changes;
}

}  // namespace freshet::sources::git
