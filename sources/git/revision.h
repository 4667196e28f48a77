#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <git2.h>

#include "base/result.h"
#include "config/settings.h"

namespace freshet::sources::git {

/// The commit that `settings.revision` names in a repository: a branch, tag, full reference name or
/// commit id of at least 7 digits; empty means HEAD. NotFound otherwise.
Result<git_oid> resolve_revision(git_repository& repository, const config::GitSettings& settings);

/// A commit id, if the text is one (7 to 40 hexadecimal digits) and the repository has it.
std::optional<git_oid> find_commit(git_repository& repository, std::string_view text);

/// The reference names that a revision may mean, best first.
std::vector<std::string> reference_names(std::string_view revision);

/// The error for a revision that does not exist.
Error no_such_revision(const config::GitSettings& settings);

}  // namespace freshet::sources::git
