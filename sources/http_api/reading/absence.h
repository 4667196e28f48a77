#pragma once

#include <set>
#include <string>

#include "base/result.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/http_api/reading/state.h"

namespace freshet::sources::http_api {

/// What a complete listing says about deletions: the known documents of the stream that it does not
/// show. Each is believed gone when asking for it by id says so, and there when that says so (while
/// a record that is there is found that way), or when the listing before did not show it either and
/// few are missing
/// (`max_drop`). What is believed enters `run.gone`. Returns a line for people where nothing was
/// believed because too much is missing.
Result<std::string> judge_absences(SourceView& source, const StreamSpec& stream,
                                   const std::set<std::string>& seen, double max_drop,
                                   StreamState& state, RunState& run);

}  // namespace freshet::sources::http_api
