#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "jobs/due.h"

namespace freshet::jobs {

/// What `freshet sync --due` remembers: <data_dir>/schedule.json. May be deleted; then every source
/// is due. Only the holder of the data directory's lock writes it.
struct SyncRecord {
  std::string installation;  ///< Tells installations apart, for their jitter.
  std::map<std::string, SourceRecord> sources;
};

/// An empty one where there is none, or none that can be read.
SyncRecord read_sync_record(const std::filesystem::path& data_dir);
Result<Done> write_sync_record(const std::filesystem::path& data_dir, const SyncRecord& record);

}  // namespace freshet::jobs
