#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/former_ids.h"

namespace freshet::jobs {

namespace {

struct ForgetOptions {
  std::vector<std::string> ids;
  std::string reason = "taken down by hand";
};

/// The index first, so that queries stop seeing the document even if we are killed before the
/// ledger knows; the ledger then keeps it out for good.
Result<ExitCode> run_forget(const ForgetOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  // A reader first: it says that there is nothing yet instead of creating an empty ledger.
  FRESHET_CHECK(workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const FileLock lock, workspace.lock());
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  index::IndexWriter writer = workspace.writer();
  FRESHET_TRY(const auto live, writer.current());
  std::vector<std::string> current;
  std::vector<std::string> hidden;
  for (const std::string& id : options.ids) {
    FRESHET_TRY(const auto record, ledger->document(id));
    if (!record)
      return Error{ErrorKind::NotFound,
                   "there is no document '" + id + "'; nothing was taken down"};
    current.push_back(record->id);
    FRESHET_TRY(auto ids, ids_in_index(*ledger, *record, live.ledger_sequence));
    hidden.insert(hidden.end(), ids.begin(), ids.end());
  }
  if (live.number != 0) {
    FRESHET_TRY(const auto after, writer.hide(hidden));
    FRESHET_CHECK(ledger->record_generation(after.number, after.ledger_sequence));
  }
  for (const std::string& id : current) {
    FRESHET_CHECK(ledger->forget(id, options.reason));
    if (context.output == Output::Text) context.out << "taken down: " << id << "\n";
  }
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(
                       Json{{"schema", 1}, {"taken_down", current}, {"reason", options.reason}})
                << "\n";
  }
  return ExitCode::Ok;
}

}  // namespace

Action declare_forget(CLI::App& command) {
  const auto options = std::make_shared<ForgetOptions>();  // shared with CLI11's callbacks
  command.add_option("id", options->ids, "Document ids")->required();
  command.add_option("--reason", options->reason, "Kept with the takedown")->capture_default_str();
  return [options](Context& context) { return run_forget(*options, context); };
}

}  // namespace freshet::jobs
