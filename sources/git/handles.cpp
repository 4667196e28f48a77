#include "sources/git/handles.h"

#include <array>

namespace freshet::sources::git {
namespace {

Error unreadable(std::string_view what, const git_oid& id) {
  return Error{ErrorKind::Corrupt,
               "cannot read " + std::string(what) + " " + to_hex(id) + ": " + last_message()};
}

}  // namespace

std::string last_message() {
  const git_error* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "unknown reason" : error->message;
}

std::string to_hex(const git_oid& id) {
  std::array<char, GIT_OID_HEXSZ> digits{};
  git_oid_fmt(digits.data(), &id);
  return {digits.data(), digits.size()};
}

Result<git_oid> parse_id(std::string_view hex) {
  git_oid id{};
  if (hex.size() != GIT_OID_HEXSZ || git_oid_fromstrn(&id, hex.data(), hex.size()) != 0) {
    return Error{ErrorKind::Invalid, "\"" + std::string(hex) + "\" is not a full commit id"};
  }
  return id;
}

Result<Commit> open_commit(git_repository& repository, const git_oid& id) {
  git_commit* commit = nullptr;
  if (git_commit_lookup(&commit, &repository, &id) != 0) return unreadable("commit", id);
  return Commit(commit);
}

Result<Tree> open_tree(git_repository& repository, const git_oid& id) {
  git_tree* tree = nullptr;
  if (git_tree_lookup(&tree, &repository, &id) != 0) return unreadable("directory", id);
  return Tree(tree);
}

Result<Tree> tree_of(git_repository& repository, const git_oid& commit_id) {
  FRESHET_TRY(const Commit commit, open_commit(repository, commit_id));
  return open_tree(repository, *git_commit_tree_id(commit.get()));
}

}  // namespace freshet::sources::git
