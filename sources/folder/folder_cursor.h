#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sources/pass.h"

namespace freshet::sources::folder {

/// A pass that is under way.
struct FolderPass {
  std::int64_t began = 0;  ///< Nanoseconds since 1970.
  bool full = false;
  PassPosition position;
};

/// What the ledger keeps for a folder source, as one line of JSON.
struct FolderCursor {
  /// Files whose times are later than this are never taken as unchanged unread. Nanoseconds since
  /// 1970.
  std::int64_t settled = 0;
  std::optional<FolderPass> pass;
};

/// Never fails: what cannot be understood is the empty cursor, which trusts no file unread.
FolderCursor parse_folder_cursor(std::string_view text);
std::string format_folder_cursor(const FolderCursor& cursor);

}  // namespace freshet::sources::folder
