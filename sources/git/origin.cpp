#include "sources/git/origin.h"

#include <utility>

#include "sources/git/address.h"
#include "sources/git/mirror.h"
#include "sources/git/revision.h"

namespace freshet::sources::git {
namespace {

Result<Origin> open_directory(const config::GitSettings& settings) {
  git_repository* opened = nullptr;
  const int code = git_repository_open(&opened, settings.repository.c_str());
  if (code == GIT_EOWNER) {
    return Error{ErrorKind::Denied,
                 "cannot open " + settings.repository +
                     ": it belongs to another user; run \"git config --global --add "
                     "safe.directory " +
                     settings.repository + "\""};
  }
  if (code != 0) {
    return Error{ErrorKind::NotFound, "cannot open git repository " + settings.repository + ": " +
                                          last_message() + "; check the option \"repository\""};
  }
  Repository repository(opened);
  FRESHET_TRY(const git_oid commit, resolve_revision(*repository, settings));
  return Origin{std::move(repository), commit};
}

}  // namespace

Result<Origin> open_origin(const config::GitSettings& settings, const Interruption& interruption) {
  switch (address_kind(settings.repository)) {
    case AddressKind::Directory:
      return open_directory(settings);
    case AddressKind::Mirrored:
      return open_mirror(settings, interruption);
    default:
      return Error{ErrorKind::Invalid,
                   "cannot read " + printable_address(settings.repository) +
                       ": use a local path, file://, https:// or ssh:// address"};
  }
}

}  // namespace freshet::sources::git
