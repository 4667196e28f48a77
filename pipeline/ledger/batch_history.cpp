#include "pipeline/ledger/batch_store.h"

namespace freshet::pipeline {

using sources::Batch;

Result<bool> BatchStore::history_differs(const Batch& batch) {
  for (const sources::Departure& departure : batch.departures) {
    FRESHET_TRY(const auto same,
                database_.integer(
                    "SELECT 1 FROM departures WHERE source = ? AND path = ? AND moved_to IS ? "
                    "AND revision = ? AND happened_at = ? AND author = ?",
                    source_, departure.path, departure.moved_to, departure.revision,
                    departure.happened_at, departure.author));
    if (!same) return true;
  }
  for (const std::string& path : batch.returned) {
    FRESHET_TRY(
        const auto gone,
        database_.integer("SELECT 1 FROM departures WHERE source = ? AND path = ?", source_, path));
    if (gone) return true;
  }
  return false;
}

Result<Done> BatchStore::store_history(const Batch& batch) {
  for (const sources::Departure& departure : batch.departures) {
    FRESHET_CHECK(database_.run("INSERT OR REPLACE INTO departures VALUES (?, ?, ?, ?, ?, ?)",
                                source_, departure.path, departure.moved_to, departure.revision,
                                departure.happened_at, departure.author));
  }
  for (const std::string& path : batch.returned) {
    FRESHET_CHECK(
        database_.run("DELETE FROM departures WHERE source = ? AND path = ?", source_, path));
  }
  return Done{};
}

}  // namespace freshet::pipeline
