#include <CLI/CLI.hpp>

#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/sync_source.h"
#include "pipeline/rebuild.h"

namespace freshet::jobs {

namespace {

Result<ExitCode> run_rebuild(Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  const auto progress = make_progress(context, context.out);
  const Interruption interruption(context.stop, context.clock, std::nullopt);
  // A reader first: it says that there is nothing yet instead of creating an empty ledger.
  FRESHET_CHECK(workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const FileLock lock, workspace.lock());
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  FRESHET_TRY(const auto encoder, workspace.encoder());
  const pipeline::RebuildTarget target{.index_directory = workspace.index_directory(),
                                       .settings = workspace.settings().index,
                                       .clock = context.clock};
  FRESHET_TRY(
      const auto report,
      pipeline::rebuild(*ledger, *encoder, target,
                        publish_options_with(workspace, *progress, "rebuild"), interruption));
  FRESHET_CHECK(ledger->prune_vectors(encoder->id()));
  tell_published(*progress, "rebuild", report);
  return report.failed.empty() ? ExitCode::Ok : ExitCode::CompletedWithErrors;
}

}  // namespace

Action declare_rebuild(CLI::App& /*command*/) {
  return run_rebuild;
}

}  // namespace freshet::jobs
