#include "jobs/sync_source.h"

#include <algorithm>

#include <fmt/format.h>

#include "pipeline/source_renditions.h"
#include "sources/catalog.h"

namespace freshet::jobs {

namespace {

using pipeline::PullReport;
using pipeline::RunStatus;

pipeline::DeleteGuard guard_of(const config::SourceSettings& source, const SyncRequest& request) {
  return request.guard.value_or(pipeline::DeleteGuard{.max_fraction = source.max_delete_fraction,
                                                      .max_count = source.max_delete_count});
}

Counts counts_of(const PullReport& report) {
  const auto& stored = report.stored;
  Counts counts{{"added", static_cast<std::int64_t>(stored.added)},
                {"updated", static_cast<std::int64_t>(stored.updated)},
                {"moved", static_cast<std::int64_t>(stored.moved)},
                {"deleted", static_cast<std::int64_t>(stored.deleted)},
                {"unknown", static_cast<std::int64_t>(stored.unknown)},
                {"withheld", static_cast<std::int64_t>(stored.withheld)}};
  for (const auto& [reason, count] : report.skipped) {
    counts["skipped_" + reason] = static_cast<std::int64_t>(count);
  }
  return counts;
}

RunStatus status_of(const Result<PullReport>& report) {
  if (report)
    return report->problems.empty() ? RunStatus::Succeeded : RunStatus::CompletedWithErrors;
  return report.error().kind == ErrorKind::Interrupted ? RunStatus::Interrupted : RunStatus::Failed;
}

std::string_view word_for(RunStatus status) {
  switch (status) {
    case RunStatus::Running:
      return "running";
    case RunStatus::Succeeded:
      return "succeeded";
    case RunStatus::CompletedWithErrors:
      return "completed_with_errors";
    case RunStatus::Failed:
      return "failed";
    case RunStatus::Interrupted:
      return "interrupted";
  }
  return "failed";
}

/// What began or ceased to be a problem is written down; what stands as it stood is not.
Result<bool> is_old_news(const pipeline::Ledger& ledger, const config::SourceSettings& source,
                         const PullReport& report, const pipeline::RunOutcome& outcome) {
  if (changed_something(report.stored)) return false;
  FRESHET_TRY(const auto runs, ledger.runs(200));
  const auto last = std::find_if(runs.begin(), runs.end(),
                                 [&](const auto& run) { return run.source == source.name; });
  if (last == runs.end()) return outcome.status == RunStatus::Succeeded;
  const auto before = last->outcome.status;
  if (outcome.status == RunStatus::CompletedWithErrors) {
    return before == outcome.status && last->outcome.counts == outcome.counts;
  }
  // A repository that has not moved is not read: what was left out of it before still is.
  const bool read_nothing =
      std::holds_alternative<config::GitSettings>(source.kind) && report.stored.unchanged == 0;
  return before == RunStatus::Succeeded ||
         (before == RunStatus::CompletedWithErrors && read_nothing);
}

Result<Done> record_run(pipeline::Ledger& ledger, const config::SourceSettings& source,
                        const Result<PullReport>& report) {
  pipeline::RunOutcome outcome{
      .status = status_of(report), .message = {}, .errors = {}, .counts = {}};
  if (report) {
    outcome.errors = report->problems;
    outcome.counts = counts_of(*report);
    FRESHET_TRY(const bool told, is_old_news(ledger, source, *report, outcome));
    if (told) return Done{};
  } else {
    outcome.message = report.error().message;
  }
  FRESHET_TRY(const std::int64_t run, ledger.begin_run("sync", source.name));
  return ledger.finish_run(run, outcome);
}

void tell(Progress& progress, const std::string& source, const Result<PullReport>& report) {
  if (!report) return;
  for (const std::string& problem : report->problems) progress.warning(source + ": " + problem);
  progress.summary("pull " + source, word_for(status_of(report)), counts_of(*report));
}

/// What applying the batch would do, without doing it.
pipeline::StoreReport preview_of(const sources::Batch& batch,
                                 const std::map<std::string, std::string>& known) {
  pipeline::StoreReport report;
  for (const auto& change : batch.changes) {
    if (change.kind == sources::ChangeKind::Delete) ++report.deleted;
    if (change.kind == sources::ChangeKind::Unknown) ++report.unknown;
    if (change.kind != sources::ChangeKind::Upsert) continue;
    if (change.moved_from && known.contains(*change.moved_from)) {
      ++report.moved;
    } else {
      ++(known.contains(change.external_id) ? report.updated : report.added);
    }
  }
  return report;
}

/// All batches as one, without the texts: they may be more than memory holds.
Result<sources::Batch> fetch_all(sources::Connector& connector, sources::FetchRequest request) {
  sources::Batch all;
  std::string cursor(request.cursor);
  do {
    request.cursor = cursor;
    FRESHET_TRY(auto batch, connector.fetch(request));
    for (sources::Change& change : batch.changes) {
      change.document.body = std::string();
      all.changes.push_back(std::move(change));
    }
    std::move(batch.problems.begin(), batch.problems.end(), std::back_inserter(all.problems));
    for (const auto& [reason, count] : batch.skipped) all.skipped[reason] += count;
    all.complete = batch.complete;
    all.live_siblings = batch.live_siblings;
    all.more = batch.more;
    cursor = std::move(batch.next_cursor);
  } while (all.more && !request.interruption.due());
  return all;
}

Result<std::map<std::string, std::string>> all_known(const sources::KnownDocuments& documents) {
  std::map<std::string, std::string> known;
  for (std::string after;;) {
    FRESHET_TRY(const auto page, documents.after(after, 1000));
    if (page.empty()) return known;
    for (const auto& document : page) known.emplace(document.external_id, document.version);
    after = page.back().external_id;
  }
}

Result<Done> record_merged(pipeline::Ledger& ledger, const index::Encoder& encoder,
                           const index::MergeReport& merged) {
  const auto& generation = merged.generation;
  if (generation.number == 0 || merged.segments_before == merged.segments_after) return Done{};
  FRESHET_CHECK(ledger.record_generation(generation.number, generation.ledger_sequence));
  FRESHET_CHECK(ledger.prune_vectors(encoder.id()));
  return Done{};
}

/// A source without a single document is most likely a wrong path or glob.
Result<Done> warn_of_empty(const config::SourceSettings& source, const pipeline::Ledger& ledger,
                           const Result<PullReport>& report, Progress& progress) {
  if (!report) return Done{};
  FRESHET_TRY(const std::uint64_t live, ledger.live_count(source.name));
  const auto& stored = report->stored;
  if (live + stored.added + stored.deleted + stored.unknown + stored.withheld > 0) return Done{};
  if (std::holds_alternative<config::HttpApiSettings>(source.kind)) {
    progress.warning("no document was found in source '" + source.name +
                     "': freshet connector try " + source.name +
                     " shows what its manifest makes of the first answers; check its config, and "
                     "records, where and seed of the manifest");
    return Done{};
  }
  const auto* folder = std::get_if<config::FolderSettings>(&source.kind);
  const std::string place =
      folder == nullptr ? "repository and branch" : "path (" + folder->path.string() + ")";
  const std::string globs =
      source.include.empty() ? "" : fmt::format(" ({})", fmt::join(source.include, ", "));
  progress.warning("no document was found in source '" + source.name + "': check its " + place +
                   ", and that include" + globs + " and exclude leave something to read");
  return Done{};
}

Result<std::unique_ptr<sources::Connector>> connector_of(const config::SourceSettings& source,
                                                         const pipeline::Ledger& ledger) {
  static const SystemClock kClock;
  FRESHET_TRY(auto connector, sources::create_connector(source));
  return pipeline::with_renditions(std::move(connector), source, ledger, kClock);
}

}  // namespace

bool changed_something(const pipeline::StoreReport& stored) {
  return stored.added + stored.updated + stored.moved + stored.deleted > 0;
}

Result<PullReport> sync_source(const config::SourceSettings& source, SharedLedger& ledger,
                               const SyncRequest& request, Progress& progress,
                               const Interruption& interruption) {
  FRESHET_TRY(const auto reader, ledger.reader());
  FRESHET_TRY(const auto connector, connector_of(source, *reader));
  pipeline::PullOptions options{.mode = request.mode, .guard = guard_of(source, request)};
  options.progress = [&](const PullReport& report) {
    const auto& stored = report.stored;
    progress.step(
        {.activity = "pull " + source.name,
         .done = stored.added + stored.updated + stored.moved + stored.deleted + stored.unchanged,
         .total = std::nullopt});
  };
  options.store = [&](const sources::Batch& batch) {
    return ledger.write([&](pipeline::Ledger& writer) { return writer.store(source.name, batch); });
  };
  auto report = pipeline::pull(source.name, *connector, *reader, options, interruption);
  FRESHET_CHECK(
      ledger.write([&](pipeline::Ledger& writer) { return record_run(writer, source, report); }));
  FRESHET_CHECK(warn_of_empty(source, *reader, report, progress));
  tell(progress, source.name, report);
  if (!report) return while_doing("pull source '" + source.name + "'", std::move(report).error());
  return report;
}

Result<PullReport> preview_source(const config::SourceSettings& source, const SharedLedger& ledger,
                                  const SyncRequest& request, Progress& progress,
                                  const Interruption& interruption) {
  FRESHET_TRY(const auto reader, ledger.reader());
  FRESHET_TRY(const auto connector, connector_of(source, *reader));
  const auto known = reader->known(source.name);
  FRESHET_TRY(const std::string cursor, reader->cursor(source.name));
  FRESHET_TRY(const auto batch, fetch_all(*connector, {.cursor = cursor,
                                                       .known = *known,
                                                       .interruption = interruption,
                                                       .mode = request.mode}));
  FRESHET_TRY(const auto before, all_known(*known));
  PullReport report{.stored = preview_of(batch, before),
                    .skipped = batch.skipped,
                    .problems = batch.problems,
                    .batches = 1,
                    .complete = batch.complete};
  tell(progress, source.name + " (dry run)", report);
  FRESHET_CHECK(pipeline::check_deletions(batch, before.size(), guard_of(source, request)));
  FRESHET_CHECK(warn_of_empty(source, *reader, report, progress));
  return report;
}

Result<pipeline::PublishReport> publish_pulled(const Workspace& workspace, pipeline::Ledger& ledger,
                                               Progress& progress, Phases& phases,
                                               const Interruption& interruption) {
  phases.enter("check");
  index::IndexWriter writer = workspace.writer();
  FRESHET_TRY(const std::string encoder_id, workspace.encoder_id());
  FRESHET_TRY(const auto live,
              pipeline::begin_publish(ledger, writer, encoder_id, workspace.publish_options()));
  FRESHET_TRY(const std::uint64_t sequence, ledger.last_sequence());
  if (live.number != 0 && live.ledger_sequence == sequence) {
    pipeline::PublishReport nothing;
    nothing.generation = live;
    progress.summary("publish", "up_to_date",
                     {{"generation", static_cast<std::int64_t>(live.number)}});
    return nothing;
  }
  phases.enter("load_model");
  FRESHET_TRY(const auto encoder, workspace.encoder());
  auto options = publish_options_with(workspace, progress, "publish");
  options.entering = [&phases](std::string_view phase) { phases.enter(phase); };
  phases.enter("check");
  FRESHET_TRY(auto report, pipeline::publish(ledger, writer, *encoder, options, interruption));
  phases.enter("merge");
  FRESHET_TRY(const auto merged,
              writer.merge(index::IndexWriter::MergeScope::WhenDue, interruption));
  FRESHET_CHECK(record_merged(ledger, *encoder, merged));
  tell_published(progress, "publish", report);
  return report;
}

pipeline::PublishOptions publish_options_with(const Workspace& workspace, Progress& progress,
                                              std::string activity) {
  auto options = workspace.publish_options();
  options.progress = [&progress, activity = std::move(activity)](
                         const pipeline::PublishReport& report, std::uint64_t remaining) {
    const std::uint64_t done = report.documents + report.removed;
    progress.step({.activity = activity, .done = done, .total = done + remaining});
  };
  return options;
}

void tell_published(Progress& progress, std::string_view activity,
                    const pipeline::PublishReport& report) {
  for (const std::string& failure : report.failed) progress.item_error(activity, failure);
  progress.summary(activity, report.failed.empty() ? "succeeded" : "completed_with_errors",
                   {{"documents", static_cast<std::int64_t>(report.documents)},
                    {"removed", static_cast<std::int64_t>(report.removed)},
                    {"passages", static_cast<std::int64_t>(report.passages)},
                    {"passages_encoded", static_cast<std::int64_t>(report.passages_encoded)},
                    {"failed", static_cast<std::int64_t>(report.failed.size())},
                    {"generation", static_cast<std::int64_t>(report.generation.number)}});
}

}  // namespace freshet::jobs
