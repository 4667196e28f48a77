#include <algorithm>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/duration.h"
#include "jobs/progress.h"

namespace freshet::jobs {

namespace {

struct SourceStatus {
  std::string name;
  std::uint64_t documents = 0;
  std::uint64_t without_text = 0;  ///< Of those: empty, or not extractable.
  std::int64_t unreadable = 0;     ///< At the source, when it was last read.
  std::optional<pipeline::RunRecord> last_run;
};

struct Status {
  index::GenerationSummary generation;
  std::uint64_t ledger_sequence = 0;
  std::string encoder;
  std::vector<SourceStatus> sources;
};

std::string_view word_for(pipeline::RunStatus status) {
  constexpr std::string_view kWords[] = {"running", "succeeded", "completed with errors", "failed",
                                         "interrupted"};
  return kWords[static_cast<std::size_t>(status)];
}

Result<SourceStatus> read_source(const pipeline::Ledger& ledger, const std::string& name,
                                 const std::vector<pipeline::RunRecord>& runs) {
  SourceStatus status;
  status.name = name;
  FRESHET_TRY(status.documents, ledger.live_count(name));
  FRESHET_TRY(status.without_text, ledger.count_without_passages(name));
  const auto last =
      std::find_if(runs.begin(), runs.end(), [&](const auto& run) { return run.source == name; });
  if (last == runs.end()) return status;
  status.last_run = *last;
  const auto unknown = last->outcome.counts.find("unknown");
  if (unknown != last->outcome.counts.end()) status.unreadable = unknown->second;
  return status;
}

Result<Status> read_status(const Workspace& workspace) {
  Status status;
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(status.generation, workspace.writer().current());
  FRESHET_TRY(status.ledger_sequence, ledger->last_sequence());
  status.encoder = status.generation.identity.encoder_id;
  FRESHET_TRY(const auto runs, ledger->runs(200));
  for (const auto& source : workspace.settings().sources) {
    FRESHET_TRY(auto entry, read_source(*ledger, source.name, runs));
    status.sources.push_back(std::move(entry));
  }
  return status;
}

Json run_json(const std::optional<pipeline::RunRecord>& run) {
  if (!run) return nullptr;
  return {{"id", run->id},
          {"started_at", to_rfc3339(run->started_at)},
          {"status", word_for(run->outcome.status)},
          {"message", run->outcome.message},
          {"counts", run->outcome.counts}};
}

Json to_json(const Status& status) {
  Json sources = Json::array();
  for (const auto& source : status.sources) {
    sources.push_back({{"name", source.name},
                       {"documents", source.documents},
                       {"without_text", source.without_text},
                       {"unreadable", source.unreadable},
                       {"last_change", run_json(source.last_run)}});
  }
  const auto& generation = status.generation;
  return {{"schema", 1},
          {"generation", generation.number},
          {"published_at", generation.published_at},
          {"ledger_sequence", status.ledger_sequence},
          {"index_sequence", generation.ledger_sequence},
          {"encoder", status.encoder},
          {"documents", generation.documents},
          {"passages", generation.live_passages},
          {"dead_passages", generation.dead_passages},
          {"segments", generation.segments},
          {"sources", sources}};
}

std::string line_of(const SourceStatus& source, Instant now) {
  std::string line = fmt::format("source {}: {} documents", source.name, source.documents);
  if (source.without_text > 0) line += fmt::format(", {} without text", source.without_text);
  if (source.unreadable > 0) line += fmt::format(", {} unreadable", source.unreadable);
  if (!source.last_run) return line;
  const auto& outcome = source.last_run->outcome;
  const auto age =
      std::chrono::duration_cast<std::chrono::seconds>(now - source.last_run->started_at);
  line += fmt::format(", last run with news {} ago {}", to_words(age), word_for(outcome.status));
  return outcome.message.empty() ? line : line + ": " + outcome.message;
}

void print_text(const Status& status, const Context& context) {
  std::ostream& out = context.out;
  const auto& generation = status.generation;
  if (generation.number == 0) {
    out << "index: nothing published yet (freshet sync)\n";
  } else {
    out << fmt::format(
        "index: generation {}, {} documents, {} passages in {} segments, published {}\n",
        generation.number, generation.documents, generation.live_passages, generation.segments,
        generation.published_at);
    out << "encoder: " << status.encoder << "\n";
  }
  if (generation.ledger_sequence != status.ledger_sequence) {
    out << "behind: the ledger has changes that are not published; run freshet sync\n";
  }
  for (const auto& source : status.sources) {
    out << line_of(source, context.clock.now()) << "\n";
  }
}

/// True when the live generation is older than --max-age allows.
Result<bool> too_old(const Status& status, const std::string& max_age, Context& context) {
  if (max_age.empty()) return false;
  FRESHET_TRY(const auto limit, usage(context, parse_duration(max_age)));
  if (status.generation.number == 0) return true;
  FRESHET_TRY(const Instant published, parse_rfc3339(status.generation.published_at));
  return context.clock.now() - published > limit;
}

Result<ExitCode> run_status(const std::string& max_age, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const Status status, read_status(workspace));
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(to_json(status)) << "\n";
  } else {
    print_text(status, context);
  }
  FRESHET_TRY(const bool old, too_old(status, max_age, context));
  return old ? ExitCode::StalenessLimit : ExitCode::Ok;
}

}  // namespace

Action declare_status(CLI::App& command) {
  const auto max_age = std::make_shared<std::string>();  // shared with CLI11's callback
  command.add_option("--max-age", *max_age, "Exit 12 when the last published change is older (2h)");
  return [max_age](Context& context) { return run_status(*max_age, context); };
}

}  // namespace freshet::jobs
