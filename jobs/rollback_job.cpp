#include <ostream>

#include <CLI/CLI.hpp>

#include "jobs/assembly.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

void list_generations(const std::vector<index::GenerationSummary>& generations, std::ostream& out) {
  for (const auto& generation : generations) {
    out << generation.number << "  " << generation.published_at << "  " << generation.documents
        << " documents, " << generation.live_passages << " passages\n";
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

/// Without a number: lists what there is to go back to.
Result<ExitCode> run_rollback(std::uint64_t generation, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  index::IndexWriter writer = workspace.writer();
  if (generation == 0) {
    FRESHET_TRY(const auto generations, writer.generations());
    list_generations(generations, context.out);
    return ExitCode::Ok;
  }
  FRESHET_TRY(const FileLock lock, workspace.lock());
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  FRESHET_TRY(const std::uint64_t sequence, sequence_of(writer, generation));
  FRESHET_TRY(const auto live, writer.rollback(generation, as_of_today(*ledger, sequence)));
  FRESHET_CHECK(ledger->record_generation(live.number, live.ledger_sequence));
  context.out
      << "generation " << live.number << " serves the content of generation " << generation
      << "; the next sync publishes forward again, so stop its cron job first if that must wait\n";
  return ExitCode::Ok;
}

}  // namespace

Action declare_rollback(CLI::App& command) {
  const auto generation = std::make_shared<std::uint64_t>(0);  // shared with CLI11's callback
  command.add_option("generation", *generation, "Number to go back to; without it: list them");
  return [generation](Context& context) { return run_rollback(*generation, context); };
}

}  // namespace freshet::jobs
