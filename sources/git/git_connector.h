#pragma once

#include <memory>

#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"

namespace freshet::sources::git {

/// A connector for the documents of one revision of a git repository.
///
/// A pass compares the tree of the wanted commit with the versions in the ledger, never ancestry:
/// force pushes, rewritten history, changed settings and lost mirrors are all the same to it. A
/// document's version is its blob id followed by a stamp of owner, address and principals; commits
/// that leave those alone leave the version alone. Invalid when settings are malformed; does no
/// I/O.
Result<std::unique_ptr<Connector>> create_git(const config::SourceSettings& settings);

}  // namespace freshet::sources::git
