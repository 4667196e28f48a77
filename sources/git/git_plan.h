#pragma once

#include "sources/git/git_pass.h"

namespace freshet::sources::git {

/// Compares the tree that `cursor.pass` targets with the ledger, pairs moved documents, and reads
/// the history of what changed. Interrupted when stopped on request.
Result<GitPlan> plan_pass(const Origin& origin, const DocumentForm& form, const GitCursor& cursor,
                          const FetchRequest& request);

}  // namespace freshet::sources::git
