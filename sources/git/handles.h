#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <git2.h>

#include "base/result.h"

namespace freshet::sources::git {

/// libgit2's process-wide state, alive for as long as one of these is. Hold one beside every
/// handle; declare it first, so that it goes last.
class Library {
 public:
  Library() { git_libgit2_init(); }
  ~Library() { git_libgit2_shutdown(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

template <auto Free>
struct Freeing {
  template <typename T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

using Repository = std::unique_ptr<git_repository, Freeing<git_repository_free>>;
using Remote = std::unique_ptr<git_remote, Freeing<git_remote_free>>;
using Reference = std::unique_ptr<git_reference, Freeing<git_reference_free>>;
using Object = std::unique_ptr<git_object, Freeing<git_object_free>>;
using Commit = std::unique_ptr<git_commit, Freeing<git_commit_free>>;
using Tree = std::unique_ptr<git_tree, Freeing<git_tree_free>>;
using Blob = std::unique_ptr<git_blob, Freeing<git_blob_free>>;
using Diff = std::unique_ptr<git_diff, Freeing<git_diff_free>>;
using Walk = std::unique_ptr<git_revwalk, Freeing<git_revwalk_free>>;
using Database = std::unique_ptr<git_odb, Freeing<git_odb_free>>;
using Config = std::unique_ptr<git_config, Freeing<git_config_free>>;

/// What libgit2 says about the call that just failed.
std::string last_message();

/// 40 hexadecimal digits, and back. Parsing fails on anything else.
std::string to_hex(const git_oid& id);
Result<git_oid> parse_id(std::string_view hex);

/// Opens objects by id; the error is Corrupt and names the object.
Result<Commit> open_commit(git_repository& repository, const git_oid& id);
Result<Tree> open_tree(git_repository& repository, const git_oid& id);
Result<Tree> tree_of(git_repository& repository, const git_oid& commit_id);

}  // namespace freshet::sources::git
