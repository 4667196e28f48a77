#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sources/pass.h"

namespace freshet::sources::git {

/// A pass that is under way.
struct GitPass {
  std::string target;  ///< The commit that the documents are read from.
  bool full = false;   ///< Reads every document, changed or not.
  PassPosition position;
};

/// What the ledger keeps for a git source, as one line of JSON.
struct GitCursor {
  std::string synced;       ///< Last commit whose pass finished; empty before the first.
  std::string fingerprint;  ///< Of the settings it was read with.
  bool unsettled = false;  ///< That pass was incomplete or could not read something: compare again.
  std::optional<GitPass> pass;
};

/// Never fails: what cannot be understood is the empty cursor, since comparing everything again is
/// always safe (the ledger's versions say what is unchanged).
GitCursor parse_git_cursor(std::string_view text);
std::string format_git_cursor(const GitCursor& cursor);

}  // namespace freshet::sources::git
