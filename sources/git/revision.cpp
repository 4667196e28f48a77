#include "sources/git/revision.h"

#include "sources/git/address.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

constexpr std::size_t kShortestId = 7;

std::optional<git_oid> peel_to_commit(git_reference* reference) {
  const Reference owned(reference);
  git_object* commit = nullptr;
  if (git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT) != 0) return std::nullopt;
  return *git_object_id(Object(commit).get());
}

}  // namespace

Result<git_oid> resolve_revision(git_repository& repository, const config::GitSettings& settings) {
  git_reference* reference = nullptr;
  if (settings.revision.empty()) {
    if (git_repository_head(&reference, &repository) != 0) return no_such_revision(settings);
    if (const auto commit = peel_to_commit(reference)) return *commit;
    return no_such_revision(settings);
  }
  for (const auto& name : reference_names(settings.revision)) {
    if (git_reference_lookup(&reference, &repository, name.c_str()) != 0) continue;
    if (const auto commit = peel_to_commit(reference)) return *commit;
  }
  if (const auto commit = find_commit(repository, settings.revision)) return *commit;
  return no_such_revision(settings);
}

std::optional<git_oid> find_commit(git_repository& repository, std::string_view text) {
  git_oid prefix{};
  if (text.size() < kShortestId || text.size() > GIT_OID_HEXSZ ||
      text.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos ||
      git_oid_fromstrn(&prefix, text.data(), text.size()) != 0) {
    return std::nullopt;
  }
  git_commit* commit = nullptr;
  if (git_commit_lookup_prefix(&commit, &repository, &prefix, text.size()) != 0)
    return std::nullopt;
  return *git_commit_id(Commit(commit).get());
}

std::vector<std::string> reference_names(std::string_view revision) {
  const std::string name(revision);
  std::vector<std::string> names{"refs/heads/" + name, "refs/tags/" + name,
                                 "refs/remotes/origin/" + name};
  if (name.starts_with("refs/")) names.insert(names.begin(), name);
  return names;
}

Error no_such_revision(const config::GitSettings& settings) {
  const auto address = printable_address(settings.repository);
  if (settings.revision.empty()) {
    return Error{ErrorKind::NotFound, "repository " + address +
                                          " has no commit at HEAD; set the option \"branch\" or "
                                          "push a first commit"};
  }
  return Error{ErrorKind::NotFound, "repository " + address + " has no branch, tag or commit \"" +
                                        settings.revision + "\"; check the option \"branch\""};
}

}  // namespace freshet::sources::git
