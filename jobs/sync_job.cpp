#include <algorithm>

#include <CLI/CLI.hpp>

#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/duration.h"
#include "jobs/pull_sources.h"
#include "jobs/shared_progress.h"
#include "jobs/sync_record.h"
#include "jobs/sync_source.h"

namespace freshet::jobs {

namespace {

struct SyncOptions {
  std::vector<std::string> sources;
  bool full = false;
  bool dry_run = false;
  bool due = false;
  std::string max_duration;
  std::string max_delete;
};

/// When pulling has to end, if ever.
Result<std::optional<Instant>> deadline_of(const SyncOptions& options, const Clock& clock) {
  if (options.max_duration.empty()) return std::optional<Instant>();
  FRESHET_TRY(const auto duration, parse_duration(options.max_duration));
  return std::optional(clock.now() + duration);
}

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

/// One sync under way.
class Sync {
 public:
  Sync(const SyncOptions& options, SyncRequest request, std::optional<Instant> deadline,
       const Workspace& workspace, Context& context)
      : options_(options),
        request_(request),
        deadline_(deadline),
        workspace_(workspace),
        context_(context),
        begun_(context.clock.now()),
        interruption_(context.stop, context.clock, deadline),
        phases_(context.clock, "configure"),
        progress_(make_progress(context, context.out)) {}

  Result<ExitCode> run(Sources sources);

 private:
  [[nodiscard]] Sources due_among(Sources sources) const;
  Result<ExitCode> run_locked(const Sources& sources);
  PullReports pull_all(const Sources& sources, pipeline::Ledger& ledger);
  Result<pipeline::PullReport> pull_one(const config::SourceSettings& source, SharedLedger& ledger);
  [[nodiscard]] std::optional<Instant> deadline_for(const config::SourceSettings& source) const;
  void publish_meanwhile();
  std::vector<Error> tell(const Sources& sources, const PullReports& reports);
  Result<Done> remember(const Sources& sources, const PullReports& reports, bool published,
                        const pipeline::Ledger& ledger) const;

  const SyncOptions& options_;
  SyncRequest request_;
  std::optional<Instant> deadline_;
  const Workspace& workspace_;
  Context& context_;
  Instant begun_;
  Interruption interruption_;  ///< When nothing more is pulled.
  Phases phases_;
  SharedProgress progress_;
  bool item_errors_ = false;
};

Result<ExitCode> Sync::run(Sources sources) {
  if (options_.due) sources = due_among(std::move(sources));
  if (sources.empty()) return ExitCode::Ok;
  phases_.enter("open");
  FRESHET_CHECK(freshet::create_directories(workspace_.settings().data_dir));
  const auto lock = workspace_.lock();
  if (!lock && lock.error().kind == ErrorKind::Locked && options_.due) {
    progress_.summary("sync", "another_job_is_running", {});
    return ExitCode::Ok;
  }
  if (!lock) return lock.error();
  // Whoever held the lock a moment ago may have synced them.
  if (options_.due) sources = due_among(std::move(sources));
  return sources.empty() ? ExitCode::Ok : run_locked(sources);
}

Sources Sync::due_among(Sources sources) const {
  const SyncRecord record = read_sync_record(workspace_.settings().data_dir);
  std::erase_if(sources, [&](const auto* source) {
    const auto known = record.sources.find(source->name);
    return known != record.sources.end() &&
           !is_due(*source, known->second, shift_of(*source, record.installation), begun_);
  });
  return sources;
}

Result<ExitCode> Sync::run_locked(const Sources& sources) {
  FRESHET_TRY(const auto ledger, workspace_.ledger(pipeline::LedgerAccess::ReadWrite));
  warn_of_unconfigured(*ledger, workspace_, progress_);
  phases_.enter("pull");
  const PullReports reports = pull_all(sources, *ledger);
  const auto errors = tell(sources, reports);
  if (options_.dry_run) return exit_code_for(errors, sources.size(), item_errors_);

  // What was pulled is published even when a source failed or the time for pulling ran out.
  const Interruption stop_only(context_.stop, context_.clock, std::nullopt);
  const auto published = publish_pulled(workspace_, *ledger, progress_, phases_, stop_only);
  FRESHET_CHECK(remember(sources, reports, published.has_value(), *ledger));
  if (!published) {
    progress_.item_error("publish", published.error().message);
    return exit_code_of(published.error().kind);
  }
  progress_.timings("sync", phases_.timings());
  return exit_code_for(errors, sources.size(), item_errors_ || !published->failed.empty());
}

PullReports Sync::pull_all(const Sources& sources, pipeline::Ledger& ledger) {
  SharedLedger shared(ledger,
                      [this] { return workspace_.ledger(pipeline::LedgerAccess::ReadOnly); });
  return pull_sources(
      sources, {.parallel = workspace_.settings().sync.parallel},
      [&](const config::SourceSettings& source) { return pull_one(source, shared); },
      [this] { publish_meanwhile(); });
}

Result<pipeline::PullReport> Sync::pull_one(const config::SourceSettings& source,
                                            SharedLedger& ledger) {
  if (interruption_.due()) {
    return Error{ErrorKind::Interrupted, "interrupted before it was pulled; the next sync does"};
  }
  const Interruption own(context_.stop, context_.clock, deadline_for(source));
  return options_.dry_run ? preview_source(source, ledger, request_, progress_, own)
                          : sync_source(source, ledger, request_, progress_, own);
}

std::optional<Instant> Sync::deadline_for(const config::SourceSettings& source) const {
  if (source.max_duration.count() == 0) return deadline_;
  const Instant own = context_.clock.now() + source.max_duration;
  return deadline_ ? std::min(*deadline_, own) : own;
}

/// The ledger's other handle goes on storing what the slower sources give. What fails here is tried
/// again, and told, when all sources are done.
void Sync::publish_meanwhile() {
  if (options_.dry_run) return;
  const auto ledger = workspace_.ledger(pipeline::LedgerAccess::ReadWrite);
  if (!ledger) return;
  const Interruption stop_only(context_.stop, context_.clock, std::nullopt);
  const auto published = publish_pulled(workspace_, **ledger, progress_, phases_, stop_only);
  if (published && !published->failed.empty()) item_errors_ = true;
  phases_.enter("pull");
}

std::vector<Error> Sync::tell(const Sources& sources, const PullReports& reports) {
  std::vector<Error> errors;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (reports[i]) {
      item_errors_ = item_errors_ || !reports[i]->problems.empty();
      continue;
    }
    Error error = reports[i].error();
    if (error.kind == ErrorKind::Interrupted && !interruption_.due()) {
      error = {ErrorKind::Unavailable, "its max_duration is over: " + error.message};
    }
    progress_.item_error(sources[i]->name, error.message);
    errors.push_back(std::move(error));
  }
  return errors;
}

/// A sync without news leaves every file as it is, unless it must know that it ran.
Result<Done> Sync::remember(const Sources& sources, const PullReports& reports, bool published,
                            const pipeline::Ledger& ledger) const {
  const bool news = std::any_of(reports.begin(), reports.end(), [](const auto& report) {
    return !report || changed_something(report->stored);
  });
  if (!news && !options_.due) return Done{};
  const auto& data_dir = workspace_.settings().data_dir;
  SyncRecord record = read_sync_record(data_dir);
  std::erase_if(record.sources,
                [&](const auto& known) { return workspace_.source(known.first) == nullptr; });
  FRESHET_TRY(record.installation, ledger.identity());
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const bool pulled = reports[i].has_value();
    if (!pulled && reports[i].error().kind == ErrorKind::Interrupted) continue;
    SourceRecord& source = record.sources[sources[i]->name];
    source = pulled && published ? synced(begun_) : failed_again(source, context_.clock.now());
  }
  return write_sync_record(data_dir, record);
}

Result<ExitCode> run_sync(const SyncOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(auto chosen, usage(context, chosen_sources(options, workspace)));
  FRESHET_TRY(const auto deadline, usage(context, deadline_of(options, context.clock)));
  SyncRequest request{
      .mode = options.full ? sources::FetchMode::Full : sources::FetchMode::Incremental,
      .guard = std::nullopt};
  if (!options.max_delete.empty()) {
    FRESHET_TRY(request.guard, usage(context, parse_max_delete(options.max_delete)));
  }
  return Sync(options, request, deadline, workspace, context).run(std::move(chosen));
}

}  // namespace

Action declare_sync(CLI::App& command) {
  const auto options = std::make_shared<SyncOptions>();  // shared with CLI11's callbacks
  command.add_option("source", options->sources, "Only these sources")->default_str("all");
  command.add_flag("--due", options->due,
                   "Only sources whose schedule has come since their last sync: for cron, every "
                   "minute");
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
