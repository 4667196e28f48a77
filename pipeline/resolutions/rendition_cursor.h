#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace freshet::pipeline {

/// What the renditions add to a connector's cursor.
struct RenditionCursor {
  std::string policy;                  ///< The settings that the stored siblings were made with.
  std::map<std::string, Instant> due;  ///< Thread by id: when its resolution has settled.
  /// Going over all stored threads after a change of settings: the last id that is done.
  std::optional<std::string> walk;
  std::string inner;  ///< The connector's own cursor.
};

/// The connector's own cursor, unchanged, where there is nothing to add.
std::string write_cursor(const RenditionCursor& cursor);

/// Accepts every text: one that write_cursor has not made is a connector's own.
RenditionCursor read_cursor(std::string_view text);

}  // namespace freshet::pipeline
