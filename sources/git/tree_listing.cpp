#include "sources/git/tree_listing.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "sources/comparison.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

// Longer paths cannot be checked out on any system we know; deeper trees are made to hurt.
constexpr std::size_t kMaxPathBytes = 4096;

class Lister {
 public:
  Lister(git_repository& repository, const TreeLimits& limits)
      : repository_(repository), limits_(limits) {}

  Result<TreeListing> list(Tree root, const Interruption& interruption) {
    open_.push_back({std::move(root), 0, {}});
    while (!open_.empty()) {
      if (interruption.due()) return interrupted();
      FRESHET_CHECK(step());
    }
    const auto by_path = [](const TreeFile& a, const TreeFile& b) { return a.path < b.path; };
    // Git keeps trees in this order already; only a broken writer would not.
    if (!std::is_sorted(listing_.files.begin(), listing_.files.end(), by_path)) {
      std::sort(listing_.files.begin(), listing_.files.end(), by_path);
    }
    const auto same_path = [](const TreeFile& a, const TreeFile& b) { return a.path == b.path; };
    listing_.files.erase(std::unique(listing_.files.begin(), listing_.files.end(), same_path),
                         listing_.files.end());
    return std::move(listing_);
  }

 private:
  struct Level {
    Tree tree;
    std::size_t next;
    std::string prefix;
  };

  Result<Done> step() {
    Level& level = open_.back();
    if (level.next == git_tree_entrycount(level.tree.get())) {
      open_.pop_back();
      return Done{};
    }
    if (entries_++ == limits_.max_entries) {
      return too_much(limits_.max_entries, "files and directories");
    }
    const git_tree_entry* entry = git_tree_entry_byindex(level.tree.get(), level.next++);
    add(*entry, level.prefix + git_tree_entry_name(entry));
    if (open_.size() - 1 > limits_.max_depth) {  // The root is in none.
      return too_much(limits_.max_depth, "directories inside each other");
    }
    if (path_bytes_ > limits_.max_path_bytes) {
      return too_much(limits_.max_path_bytes, "bytes of paths");
    }
    return Done{};
  }

  static Error too_much(std::size_t limit, std::string_view what) {
    return Error{ErrorKind::Invalid, "the tree has more than " + std::to_string(limit) + " " +
                                         std::string(what) +
                                         "; set the option \"revision\" to a smaller branch"};
  }

  void add(const git_tree_entry& entry, std::string path) {
    const auto mode = git_tree_entry_filemode(&entry);
    if (!is_valid_utf8(path)) {
      ++listing_.skipped["not_utf8_name"];
    } else if (path.size() > kMaxPathBytes) {
      ++listing_.skipped["path_too_long"];
    } else if (mode == GIT_FILEMODE_TREE) {
      descend(*git_tree_entry_id(&entry), std::move(path));
    } else if (mode == GIT_FILEMODE_COMMIT) {
      ++listing_.skipped["submodule"];
    } else {
      add_file({std::move(path), *git_tree_entry_id(&entry), mode == GIT_FILEMODE_LINK});
    }
  }

  void add_file(TreeFile file) {
    path_bytes_ += file.path.size();
    listing_.files.push_back(std::move(file));
  }

  void descend(const git_oid& id, std::string path) {
    auto tree = open_tree(repository_, id);
    if (!tree) {
      listing_.problems.push_back("cannot list " + path + ": " + tree.error().message);
      return;
    }
    open_.push_back({*std::move(tree), 0, path + "/"});
  }

  git_repository& repository_;
  TreeLimits limits_;
  std::size_t entries_ = 0;
  std::size_t path_bytes_ = 0;
  std::vector<Level> open_;
  TreeListing listing_;
};

}  // namespace

Result<TreeListing> list_tree(git_repository& repository, const git_oid& commit_id,
                              const Interruption& interruption, const TreeLimits& limits) {
  FRESHET_TRY(Tree root, tree_of(repository, commit_id));
  return Lister(repository, limits).list(std::move(root), interruption);
}

std::unordered_set<std::string> paths_of(const TreeListing& listing) {
  std::unordered_set<std::string> paths;
  paths.reserve(listing.files.size());
  for (const auto& file : listing.files) paths.insert(file.path);
  return paths;
}

}  // namespace freshet::sources::git
