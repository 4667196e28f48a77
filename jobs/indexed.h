#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "index/segments/snapshot.h"
#include "jobs/assembly.h"

namespace freshet::jobs {

/// A document as the index holds it; all empty where it does not.
struct Indexed {
  index::DocumentFields fields;
  std::vector<index::Passage> passages;
};

/// The live generation, or null where nothing was published yet.
Result<std::shared_ptr<const index::Snapshot>> live_generation(const Workspace& workspace);

/// `snapshot` may be null.
Result<Indexed> indexed(const index::Snapshot* snapshot, const std::string& id);

/// How `get` and `export` show passages.
Json passages_json(const std::vector<index::Passage>& passages);

}  // namespace freshet::jobs
