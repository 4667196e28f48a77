#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

using Generations = std::vector<index::GenerationSummary>;

Json to_json(const Generations& generations) {
  Json list = Json::array();
  for (const auto& generation : generations) {
    list.push_back({{"generation", generation.number},
                    {"published_at", generation.published_at},
                    {"documents", generation.documents},
                    {"passages", generation.live_passages}});
  }
  return {{"schema", 1}, {"generations", list}};
}

void list_generations(const Generations& generations, Context& context) {
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(to_json(generations)) << "\n";
    return;
  }
  for (const auto& generation : generations) {
    context.out << generation.number << "  " << generation.published_at << "  "
                << generation.documents << " documents, " << generation.live_passages
                << " passages\n";
  }
}

/// What was taken down or narrowed since then stays so, whoever may see it in the older generation.
index::IndexWriter::Revise as_of_today(const pipeline::Ledger& ledger, std::uint64_t sequence) {
  return [&ledger, sequence](index::DocumentFields& fields) -> Result<bool> {
    FRESHET_TRY(auto now, ledger.principals(fields.id, sequence));
    if (!now || now->allow.empty()) return false;
    fields.allow = std::move(now->allow);
    fields.deny = std::move(now->deny);
    return true;
  };
}

Result<std::uint64_t> sequence_of(const index::IndexWriter& writer, std::uint64_t generation) {
  FRESHET_TRY(const auto generations, writer.generations());
  for (const auto& summary : generations) {
    if (summary.number == generation) return summary.ledger_sequence;
  }
  return std::uint64_t{0};
}

void print_restored(std::uint64_t from, const index::GenerationSummary& live, Context& context) {
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(
                       Json{{"schema", 1}, {"generation", live.number}, {"content_of", from}})
                << "\n";
    return;
  }
  context.out
      << "generation " << live.number << " serves the content of generation " << from
      << "; the next sync publishes forward again, so stop its cron job first if that must wait\n";
}

/// Without a number: lists what there is to go back to.
Result<ExitCode> run_rollback(std::uint64_t generation, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_CHECK(workspace.published());
  index::IndexWriter writer = workspace.writer();
  if (generation == 0) {
    FRESHET_TRY(const auto generations, writer.generations());
    list_generations(generations, context);
    return ExitCode::Ok;
  }
  FRESHET_TRY(const FileLock lock, workspace.lock());
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  FRESHET_TRY(const std::uint64_t sequence, sequence_of(writer, generation));
  FRESHET_TRY(const auto live, writer.rollback(generation, as_of_today(*ledger, sequence)));
  FRESHET_CHECK(ledger->record_generation(live.number, live.ledger_sequence));
  print_restored(generation, live, context);
  return ExitCode::Ok;
}

}  // namespace

Action declare_rollback(CLI::App& command) {
  const auto generation = std::make_shared<std::uint64_t>(0);  // shared with CLI11's callback
  command.add_option("generation", *generation, "Number to go back to; without it: list them");
  return [generation](Context& context) { return run_rollback(*generation, context); };
}

}  // namespace freshet::jobs
