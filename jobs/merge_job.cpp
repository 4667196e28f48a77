#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

Json to_json(const index::MergeReport& report) {
  return {{"schema", 1},
          {"generation", report.generation.number},
          {"segments_before", report.segments_before},
          {"segments_after", report.segments_after},
          {"dead_passages_dropped", report.dead_passages_dropped}};
}

Result<ExitCode> run_merge(index::IndexWriter::MergeScope scope, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_CHECK(workspace.published());
  FRESHET_TRY(const FileLock lock, workspace.lock());
  const Interruption interruption(context.stop, context.clock, std::nullopt);
  FRESHET_TRY(const auto report, workspace.writer().merge(scope, interruption));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  FRESHET_CHECK(
      ledger->record_generation(report.generation.number, report.generation.ledger_sequence));
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(to_json(report)) << "\n";
    return ExitCode::Ok;
  }
  context.out << report.segments_before << " segments became " << report.segments_after << ", "
              << report.dead_passages_dropped << " dead passages dropped, generation "
              << report.generation.number << "\n";
  return ExitCode::Ok;
}

}  // namespace

Action declare_merge(CLI::App& command) {
  const auto when_due = std::make_shared<bool>(false);  // shared with CLI11's callback
  command.add_flag("--when-due", *when_due,
                   "Only what the merge policy asks for, instead of everything into one segment");
  return [when_due](Context& context) {
    using Scope = index::IndexWriter::MergeScope;
    return run_merge(*when_due ? Scope::WhenDue : Scope::All, context);
  };
}

}  // namespace freshet::jobs
