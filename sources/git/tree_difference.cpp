#include "sources/git/tree_difference.h"

#include <string>
#include <utility>

#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

constexpr std::size_t kMaxDepth = 512;
constexpr std::size_t kMaxEntries = 8'000'000;
using Kind = PathChange::Kind;

bool is_directory(const git_tree_entry& entry) {
  return git_tree_entry_filemode(&entry) == GIT_FILEMODE_TREE;
}

/// Walks two trees side by side. `prefix_` is the directory that is being compared.
class Comparer {
 public:
  explicit Comparer(git_repository& repository) : repository_(repository) {}

  Result<Done> compare(const git_tree* from, const git_tree* to) {
    const std::size_t from_count = from == nullptr ? 0 : git_tree_entrycount(from);
    const std::size_t to_count = to == nullptr ? 0 : git_tree_entrycount(to);
    for (std::size_t i = 0, j = 0; i < from_count || j < to_count;) {
      if (++entries_ > kMaxEntries) return too_much();
      const auto* old_entry = i < from_count ? git_tree_entry_byindex(from, i) : nullptr;
      const auto* new_entry = j < to_count ? git_tree_entry_byindex(to, j) : nullptr;
      const int order = old_entry == nullptr   ? 1
                        : new_entry == nullptr ? -1
                                               : git_tree_entry_cmp(old_entry, new_entry);
      if (order <= 0) ++i;
      if (order >= 0) ++j;
      FRESHET_CHECK(
          compare_entries(order <= 0 ? old_entry : nullptr, order >= 0 ? new_entry : nullptr));
    }
    return Done{};
  }

  std::vector<PathChange> take() { return std::move(changes_); }

 private:
  /// Either may be null; two entries have one name and are both directories or both not.
  Result<Done> compare_entries(const git_tree_entry* from, const git_tree_entry* to) {
    const git_oid zero{};
    const git_oid& old_id = from == nullptr ? zero : *git_tree_entry_id(from);
    const git_oid& new_id = to == nullptr ? zero : *git_tree_entry_id(to);
    if (git_oid_equal(&old_id, &new_id) != 0) return Done{};
    const git_tree_entry& either = from == nullptr ? *to : *from;
    if (is_directory(either)) return descend(git_tree_entry_name(&either), from, to);
    if (git_tree_entry_filemode(&either) == GIT_FILEMODE_COMMIT) return Done{};
    const Kind kind = from == nullptr ? Kind::Added
                      : to == nullptr ? Kind::Deleted
                                      : Kind::Modified;
    changes_.push_back({kind, prefix_ + git_tree_entry_name(&either), {}, old_id, new_id});
    return Done{};
  }

  Result<Done> descend(const char* name, const git_tree_entry* from, const git_tree_entry* to) {
    if (++depth_ > kMaxDepth) return too_much();
    const auto length = prefix_.size();
    prefix_ += name;
    prefix_ += '/';
    FRESHET_TRY(const Tree old_tree, open(from));
    FRESHET_TRY(const Tree new_tree, open(to));
    FRESHET_CHECK(compare(old_tree.get(), new_tree.get()));
    prefix_.resize(length);
    --depth_;
    return Done{};
  }

  Result<Tree> open(const git_tree_entry* entry) {
    if (entry == nullptr) return Tree();
    return open_tree(repository_, *git_tree_entry_id(entry));
  }

  static Error too_much() {
    return Error{ErrorKind::Corrupt,
                 "cannot compare two commits: over 512 levels or 8 million entries"};
  }

  git_repository& repository_;
  std::string prefix_;
  std::size_t depth_ = 0;
  std::size_t entries_ = 0;
  std::vector<PathChange> changes_;
};

}  // namespace

Result<std::vector<PathChange>> tree_difference(git_repository& repository, git_tree* from,
                                                git_tree* to) {
  Comparer comparer(repository);
  FRESHET_CHECK(comparer.compare(from, to));
  return comparer.take();
}

}  // namespace freshet::sources::git
