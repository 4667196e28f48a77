#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "index/segments/snapshot.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "pipeline/verify.h"

namespace freshet::jobs {

namespace {

/// Every byte of the index against its checksums, then ledger against index.
Result<ExitCode> run_verify(Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_CHECK(workspace.published());
  FRESHET_TRY(const auto snapshot, index::Snapshot::open(workspace.index_directory(),
                                                         index::Snapshot::Check::Everything));
  FRESHET_TRY(const auto report, pipeline::verify(*ledger, *snapshot));
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(Json{{"schema", 1},
                                         {"documents", report.documents},
                                         {"passages", report.passages},
                                         {"differences", report.differences}})
                << "\n";
  } else {
    for (const std::string& difference : report.differences) context.out << difference << "\n";
    context.out << fmt::format("{} documents and {} passages compared, {} differences\n",
                               report.documents, report.passages, report.difference_count);
  }
  return report.differences.empty() ? ExitCode::Ok : ExitCode::IntegrityDamage;
}

}  // namespace

Action declare_verify(CLI::App& /*command*/) {
  return run_verify;
}

}  // namespace freshet::jobs
