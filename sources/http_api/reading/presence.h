#pragma once

#include <string>

#include "base/result.h"
#include "sources/http_api/reading/source_view.h"

namespace freshet::sources::http_api {

/// What asking for a record by its id says.
enum class Presence {
  There,
  Archived,  ///< Found where the source keeps what it lists no longer.
  Gone,
  NotFound,  ///< 404 or 410: gone, if a record that is there is found by the same question.
  Unknown,   ///< It is not asked for, or the answer says neither: no permission, say.
};

/// Asks for a record by the stream's probe, and then by its archive. Unknown where it has none.
Result<Presence> presence_of(SourceView& source, const StreamSpec& stream, const std::string& key);

}  // namespace freshet::sources::http_api
