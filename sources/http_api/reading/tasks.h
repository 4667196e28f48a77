#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sources/http_api/reading/source_view.h"
#include "sources/http_api/reading/state.h"

namespace freshet::sources::http_api {

/// What a run does to a stream or one partition of it.
enum class TaskKind {
  List,    ///< What changed.
  Retry,   ///< Records that could not be read when they were listed.
  Rescan,  ///< Recent records again, for edits that do not show.
  Access,  ///< All records again, for who may see them.
  Feed,    ///< The feed of deleted ids.
  Sweep,   ///< A complete listing, for deletions.
};

struct Task {
  const StreamSpec* stream;
  TaskKind kind;
  std::string part;

  /// Names the task in the cursor.
  [[nodiscard]] std::string name() const;
};

/// The name of a pass in the state of its stream.
std::string pass_name(TaskKind kind);

/// Everything that is to be done now, in order: the streams as the manifest has them, each first
/// listed, then whatever of it is due. Invalid when a partition cannot be computed.
Result<std::vector<Task>> due_tasks(const SourceView& source, const State& state, Instant now);

/// The partitions of a stream; one empty one where it has none.
Result<std::vector<std::string>> parts_of(const SourceView& source, const StreamSpec& stream);

}  // namespace freshet::sources::http_api
