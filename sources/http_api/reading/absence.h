#pragma once

#include <set>
#include <string>

#include "base/result.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/http_api/reading/state.h"

namespace freshet::sources::http_api {

/// What came of judge_absences().
struct Absences {
  std::string doubt;        ///< A line for people where too much is missing to be believed.
  bool look_again = false;  ///< Some are worth another listing on the next sync.
};

/// What a complete listing says about deletions: the known documents of the stream that it does not
/// show. Each is believed gone when asking for it by id says so ("not found" only where a record
/// that is there is found by the same question), or when the listing before did not show it either
/// and few are missing (`max_drop`). One that can still be asked for must be missing for a week;
/// one that was read under another configuration only twice; one in the source's archive stays. A
/// run asks for 200, and the others wait. What is believed enters `run.gone`.
Result<Absences> judge_absences(SourceView& source, const StreamSpec& stream,
                                const std::set<std::string>& seen, double max_drop,
                                StreamState& state, RunState& run);

}  // namespace freshet::sources::http_api
