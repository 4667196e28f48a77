#pragma once

#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {

/// A repository we can read objects from, and the commit that the settings ask for.
struct Origin {
  Repository repository;
  git_oid commit;
};

/// Opens the repository. A directory is read in place and never written. Any other address is asked
/// for its references; only when the wanted commit is not in the mirror yet is it fetched there, so
/// that nothing is written when nothing is new.
///
/// NotFound: no such repository, revision or commit. Denied: credentials, certificate or host key
/// refused. Unavailable: cannot be reached. Invalid: an address we do not support. Interrupted:
/// stopped on request.
Result<Origin> open_origin(const config::GitSettings& settings, const Interruption& interruption);

}  // namespace freshet::sources::git
