#pragma once

#include <optional>

#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "jobs/assembly.h"
#include "jobs/progress.h"
#include "jobs/shared_ledger.h"
#include "pipeline/ledger/ledger.h"
#include "pipeline/publish.h"
#include "pipeline/pull.h"

namespace freshet::jobs {

struct SyncRequest {
  sources::FetchMode mode = sources::FetchMode::Incremental;
  std::optional<pipeline::DeleteGuard> guard;  ///< Overrides the source's own.
};

/// Pulls one source and records the run, unless nothing changed (promise 8). Several threads may do
/// so for different sources; `progress` must allow it too.
Result<pipeline::PullReport> sync_source(const config::SourceSettings& source, SharedLedger& ledger,
                                         const SyncRequest& request, Progress& progress,
                                         const Interruption& interruption);

/// Whether a pull left something to publish.
bool changed_something(const pipeline::StoreReport& stored);

/// Reads one source to its end and says what a sync would change. Stores nothing.
Result<pipeline::PullReport> preview_source(const config::SourceSettings& source,
                                            const SharedLedger& ledger, const SyncRequest& request,
                                            Progress& progress, const Interruption& interruption);

/// Publishes what the ledger has beyond the live generation; loads the encoder only if there is
/// something. Enters the phases of publish() and "check", "load_model", "merge".
Result<pipeline::PublishReport> publish_pulled(const Workspace& workspace, pipeline::Ledger& ledger,
                                               Progress& progress, Phases& phases,
                                               const Interruption& interruption);

/// How a publish or rebuild reports: steps while it runs, one summary at its end.
pipeline::PublishOptions publish_options_with(const Workspace& workspace, Progress& progress,
                                              std::string activity);
void tell_published(Progress& progress, std::string_view activity,
                    const pipeline::PublishReport& report);

}  // namespace freshet::jobs
