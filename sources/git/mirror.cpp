#include "sources/git/mirror.h"

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "sources/git/address.h"
#include "sources/git/remote_access.h"
#include "sources/git/revision.h"

namespace freshet::sources::git {
namespace {

// Keeps what we fetched reachable, so that "git gc" run by hand in the mirror does no harm.
constexpr const char* kAnchor = "refs/freshet/target";

struct RemoteReference {
  std::string name;
  git_oid id;
};

Result<Repository> open_or_create(const std::filesystem::path& directory) {
  git_repository* repository = nullptr;
  const int code = git_repository_open_bare(&repository, directory.c_str());
  if (code == 0) return Repository(repository);
  if (code != GIT_ENOTFOUND) {
    return Error{ErrorKind::Corrupt, "cannot open the mirror " + directory.string() + ": " +
                                         last_message() + "; delete it to fetch it afresh"};
  }
  FRESHET_CHECK(freshet::create_directories(directory));
  if (git_repository_init(&repository, directory.c_str(), 1) != 0) {
    return Error{ErrorKind::Unavailable,
                 "cannot create the mirror " + directory.string() + ": " + last_message()};
  }
  return Repository(repository);
}

class MirrorSession {
 public:
  MirrorSession(const config::GitSettings& settings, const Interruption& interruption,
                git_repository& repository)
      : settings_(settings), access_(settings, interruption), repository_(repository) {}

  /// The wanted commit, which is in the mirror when this returns.
  Result<git_oid> bring() {
    // An id never changes its meaning: no need to ask anyone.
    if (const auto commit = find_commit(repository_, settings_.revision)) return *commit;
    FRESHET_CHECK(connect());
    FRESHET_TRY(const auto wanted, find_wanted());
    if (!wanted) return bring_by_id();
    if (!has(wanted->id)) FRESHET_CHECK(fetch({"+" + wanted->name + ":" + kAnchor}));
    return peel(wanted->id);
  }

 private:
  Result<Done> connect() {
    git_remote* remote = nullptr;
    git_remote_create_options options = GIT_REMOTE_CREATE_OPTIONS_INIT;
    options.repository = &repository_;
    // Addresses are the settings' business alone; and looking up rewrites leaks memory in
    // libgit2 1.5.
    options.flags = GIT_REMOTE_CREATE_SKIP_INSTEADOF | GIT_REMOTE_CREATE_SKIP_DEFAULT_FETCHSPEC;
    if (git_remote_create_with_opts(&remote, settings_.repository.c_str(), &options) != 0) {
      return access_.failure(GIT_EINVALIDSPEC);
    }
    remote_.reset(remote);
    const auto callbacks = access_.callbacks();
    git_proxy_options proxy = GIT_PROXY_OPTIONS_INIT;
    proxy.type = GIT_PROXY_AUTO;
    const int code = git_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, &proxy, nullptr);
    return code == 0 ? Result<Done>(Done{}) : access_.failure(code);
  }

  Result<std::vector<RemoteReference>> references() {
    const git_remote_head** heads = nullptr;
    std::size_t count = 0;
    const int code = git_remote_ls(&heads, &count, remote_.get());
    if (code != 0) return access_.failure(code);
    std::vector<RemoteReference> list;
    for (std::size_t i = 0; i < count; ++i) list.push_back({heads[i]->name, heads[i]->oid});
    return list;
  }

  Result<std::optional<RemoteReference>> find_wanted() {
    FRESHET_TRY(const auto list, references());
    const std::vector<std::string> names = settings_.revision.empty()
                                               ? std::vector<std::string>{"HEAD"}
                                               : reference_names(settings_.revision);
    for (const auto& name : names) {
      for (const auto& reference : list) {
        if (reference.name == name) return std::optional(reference);
      }
    }
    if (settings_.revision.empty()) return no_such_revision(settings_);
    return std::optional<RemoteReference>();
  }

  /// For an id that no reference names: it is somewhere in the history of one.
  Result<git_oid> bring_by_id() {
    if (settings_.revision.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
      return no_such_revision(settings_);
    }
    FRESHET_CHECK(
        fetch({"+refs/heads/*:refs/freshet/heads/*", "+refs/tags/*:refs/freshet/tags/*"}));
    if (const auto commit = find_commit(repository_, settings_.revision)) return *commit;
    return no_such_revision(settings_);
  }

  Result<Done> fetch(std::vector<std::string> specifications) {
    git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
    options.callbacks = access_.callbacks();
    options.proxy_opts.type = GIT_PROXY_AUTO;
    options.update_fetchhead = 0;
    options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
    std::vector<char*> pointers;
    for (auto& specification : specifications) pointers.push_back(specification.data());
    const git_strarray list{pointers.data(), pointers.size()};
    const int code = git_remote_fetch(remote_.get(), &list, &options, nullptr);
    return code == 0 ? Result<Done>(Done{}) : access_.failure(code);
  }

  bool has(const git_oid& id) {
    git_odb* database = nullptr;
    if (git_repository_odb(&database, &repository_) != 0) return false;
    return git_odb_exists(Database(database).get(), &id) == 1;
  }

  /// A tag may be an object of its own that points to the commit.
  Result<git_oid> peel(const git_oid& id) {
    git_object* object = nullptr;
    git_object* commit = nullptr;
    if (git_object_lookup(&object, &repository_, &id, GIT_OBJECT_ANY) != 0) {
      return access_.failure(GIT_ENOTFOUND);
    }
    const Object owned(object);
    if (git_object_peel(&commit, object, GIT_OBJECT_COMMIT) != 0)
      return no_such_revision(settings_);
    return *git_object_id(Object(commit).get());
  }

  const config::GitSettings& settings_;
  RemoteAccess access_;
  git_repository& repository_;
  Remote remote_;
};

}  // namespace

Result<Origin> open_mirror(const config::GitSettings& settings, const Interruption& interruption) {
  if (settings.mirror.empty()) {
    return Error{ErrorKind::Invalid,
                 "no mirror directory is set for " + printable_address(settings.repository)};
  }
  FRESHET_TRY(Repository repository, open_or_create(settings.mirror));
  FRESHET_TRY(const git_oid commit, MirrorSession(settings, interruption, *repository).bring());
  return Origin{std::move(repository), commit};
}

}  // namespace freshet::sources::git
