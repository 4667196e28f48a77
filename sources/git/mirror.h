#pragma once

#include "sources/git/origin.h"

namespace freshet::sources::git {

/// Opens the bare mirror of a remote repository, fetching into it only what is missing. See
/// open_origin().
///
/// A fetch enters the mirror as one finished pack file or not at all, so a killed one leaves
/// nothing half done. libgit2 1.5 has no shallow fetch and no connection timeout of its own.
Result<Origin> open_mirror(const config::GitSettings& settings, const Interruption& interruption);

}  // namespace freshet::sources::git
