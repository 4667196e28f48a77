#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/duration.h"
#include "jobs/progress.h"
#include "jobs/sync_source.h"

namespace freshet::jobs {

namespace {

struct SyncOptions {
  std::vector<std::string> sources;
  bool full = false;
  bool dry_run = false;
  std::string max_duration;
  std::string max_delete;
};

Result<Interruption> interruption_of(const SyncOptions& options, const Context& context) {
  std::optional<Instant> deadline;
  if (!options.max_duration.empty()) {
    FRESHET_TRY(const auto duration, parse_duration(options.max_duration));
    deadline = context.clock.now() + duration;
  }
  return Interruption(context.stop, context.clock, deadline);
}

using Sources = std::vector<const config::SourceSettings*>;

/// The configured sources that were named, or all.
Result<Sources> chosen_sources(const SyncOptions& options, const Workspace& workspace) {
  Sources chosen;
  for (const auto& source : workspace.settings().sources) {
    if (options.sources.empty()) chosen.push_back(&source);
  }
  for (const std::string& name : options.sources) {
    const auto* source = workspace.source(name);
    if (source == nullptr) {
      return Error{ErrorKind::Invalid, "there is no source '" + name + "' in the configuration"};
    }
    chosen.push_back(source);
  }
  return chosen;
}

/// One error keeps its own exit code only when it is all that there was to do.
ExitCode exit_code_for(const std::vector<Error>& errors, std::size_t sources, bool item_errors) {
  if (errors.empty()) return item_errors ? ExitCode::CompletedWithErrors : ExitCode::Ok;
  for (const Error& error : errors) {
    if (error.kind == ErrorKind::Interrupted) return ExitCode::Interrupted;
  }
  return errors.size() >= sources ? exit_code_of(errors.front().kind)
                                  : ExitCode::CompletedWithErrors;
}

/// Their documents stay searchable until somebody decides: say so rather than delete on a typing
/// error.
void warn_of_unconfigured(const pipeline::Ledger& ledger, const Workspace& workspace,
                          Progress& progress) {
  const auto known = ledger.sources();
  if (!known) return;
  for (const std::string& name : *known) {
    if (workspace.source(name) != nullptr) continue;
    progress.warning("the documents of '" + name +
                     "' are still searchable, but that source is no longer configured; "
                     "freshet forget removes documents");
  }
}

/// A source without a single document is most likely a wrong path or glob.
void warn_of_empty(const config::SourceSettings& source, const pipeline::Ledger& ledger,
                   const pipeline::PullReport& report, Progress& progress) {
  const auto live = ledger.live_count(source.name);
  const auto& stored = report.stored;
  if (!live || *live + stored.added + stored.deleted + stored.unknown + stored.withheld > 0) return;
  const auto* folder = std::get_if<config::FolderSettings>(&source.kind);
  const std::string place =
      folder == nullptr ? "repository and branch" : "path (" + folder->path.string() + ")";
  const std::string globs =
      source.include.empty() ? "" : fmt::format(" ({})", fmt::join(source.include, ", "));
  progress.warning("no document was found in source '" + source.name + "': check its " + place +
                   ", and that include" + globs + " and exclude leave something to read");
}

struct Pulled {
  std::vector<Error> errors;
  bool item_errors = false;
};

/// What one source reports does not hold up the others; only an interruption does.
Pulled pull_all(
    const Sources& chosen,
    const std::function<Result<pipeline::PullReport>(const config::SourceSettings&)>& pull,
    const pipeline::Ledger& ledger, Progress& progress) {
  Pulled pulled;
  for (const auto* source : chosen) {
    const auto outcome = pull(*source);
    if (outcome) {
      pulled.item_errors = pulled.item_errors || !outcome->problems.empty();
      warn_of_empty(*source, ledger, *outcome, progress);
      continue;
    }
    progress.item_error(source->name, outcome.error().message);
    pulled.errors.push_back(outcome.error());
    if (outcome.error().kind == ErrorKind::Interrupted) break;
  }
  return pulled;
}

Result<ExitCode> run_sync(const SyncOptions& options, Context& context) {
  Phases phases(context.clock, "configure");
  FRESHET_TRY(Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const auto chosen, usage(context, chosen_sources(options, workspace)));
  FRESHET_TRY(const Interruption interruption, usage(context, interruption_of(options, context)));
  SyncRequest request{
      .mode = options.full ? sources::FetchMode::Full : sources::FetchMode::Incremental,
      .guard = std::nullopt};
  if (!options.max_delete.empty()) {
    FRESHET_TRY(request.guard, usage(context, parse_max_delete(options.max_delete)));
  }
  const auto progress = make_progress(context, context.out);
  phases.enter("open");
  FRESHET_CHECK(freshet::create_directories(workspace.settings().data_dir));
  FRESHET_TRY(const FileLock lock, workspace.lock());
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));

  warn_of_unconfigured(*ledger, workspace, *progress);
  phases.enter("pull");
  const auto pull = [&](const config::SourceSettings& source) {
    return options.dry_run ? preview_source(source, *ledger, request, *progress, interruption)
                           : sync_source(source, *ledger, request, *progress, interruption);
  };
  const auto [errors, item_errors] = pull_all(chosen, pull, *ledger, *progress);
  if (options.dry_run) return exit_code_for(errors, chosen.size(), item_errors);

  // What was pulled is published even when a later source failed or the time for pulling ran out.
  const Interruption stop_only(context.stop, context.clock, std::nullopt);
  auto published = publish_pulled(workspace, *ledger, *progress, phases, stop_only);
  if (!published) {
    progress->item_error("publish", published.error().message);
    return exit_code_of(published.error().kind);
  }
  progress->timings("sync", phases.timings());
  return exit_code_for(errors, chosen.size(), item_errors || !published->failed.empty());
}

}  // namespace

Action declare_sync(CLI::App& command) {
  const auto options = std::make_shared<SyncOptions>();  // shared with CLI11's callbacks
  command.add_option("source", options->sources, "Only these sources")->default_str("all");
  command.add_flag("--full", options->full,
                   "Look at every document again, not only at what changed");
  command.add_flag("-n,--dry-run", options->dry_run, "Say what would change; store nothing");
  command.add_option(
      "--max-duration", options->max_duration,
      "Stop pulling after this long (10m); what was pulled is published, the next sync goes on");
  command
      .add_option("--max-delete", options->max_delete, "Let so many deletions through: 25% or 200")
      ->default_str("the source's delete_guard");
  return [options](Context& context) { return run_sync(*options, context); };
}

}  // namespace freshet::jobs
