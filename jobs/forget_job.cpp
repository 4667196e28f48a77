#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "index/segments/hidden_documents.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/former_ids.h"
#include "pipeline/source_renditions.h"

namespace freshet::jobs {

namespace {

struct ForgetOptions {
  std::vector<std::string> ids;
  std::string reason = "taken down by hand";
};

/// Hides the document from queries in every generation before that change of the ledger.
Result<Done> hide(const Workspace& workspace, const pipeline::Ledger& ledger,
                  const pipeline::DocumentRecord& record, std::uint64_t sequence) {
  const auto live = workspace.writer().current();
  // A damaged index must not keep a takedown from being recorded.
  const std::uint64_t covered = live ? live->ledger_sequence : 0;
  FRESHET_TRY(const std::string identity, ledger.identity());
  FRESHET_TRY(const auto ids, ids_in_index(ledger, record, covered));
  std::vector<index::HiddenDocument> hidden;
  for (const std::string& id : ids) hidden.push_back({id, identity, sequence});
  return index::hide_documents(workspace.index_directory(), hidden);
}

Result<pipeline::DocumentRecord> find(const pipeline::Ledger& ledger, const std::string& id) {
  FRESHET_TRY(auto record, ledger.document(id));
  if (record) return *std::move(record);
  return Error{ErrorKind::NotFound, "there is no document '" + id + "'; nothing was taken down"};
}

/// A ticket goes with everything that was made of it.
Result<Done> add_with_siblings(const pipeline::Ledger& ledger, const std::string& id,
                               std::vector<pipeline::DocumentRecord>& records) {
  FRESHET_TRY(auto record, find(ledger, id));
  FRESHET_TRY(const auto siblings, pipeline::siblings_of(ledger, record.id));
  records.push_back(std::move(record));
  for (const std::string& sibling : siblings) {
    FRESHET_TRY(auto also, find(ledger, sibling));
    records.push_back(std::move(also));
  }
  return Done{};
}

/// Then the ledger keeps it out for good. Which change that was is known only now; a sync may have
/// taken numbers, and moved the document, since it was hidden.
Result<Done> record_takedown(const Workspace& workspace, pipeline::Ledger& ledger,
                             const std::string& id, const std::string& reason) {
  FRESHET_TRY(const std::uint64_t sequence, ledger.forget(id, reason));
  FRESHET_TRY(const auto record, find(ledger, id));
  return hide(workspace, ledger, record, sequence);
}

/// Takes no lock: a takedown does not wait for a sync. Hidden first, so that queries stop seeing
/// the document even if we are killed before the ledger knows, or have to wait for it.
Result<ExitCode> run_forget(const ForgetOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  // A reader first: it says that there is nothing yet instead of creating an empty ledger.
  FRESHET_CHECK(workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadWrite));
  std::vector<pipeline::DocumentRecord> records;
  for (const std::string& id : options.ids) {
    FRESHET_CHECK(add_with_siblings(*ledger, id, records));
  }
  std::vector<std::string> taken_down_ids;
  FRESHET_TRY(const std::uint64_t last, ledger->last_sequence());
  for (const auto& record : records) FRESHET_CHECK(hide(workspace, *ledger, record, last + 1));
  for (const auto& record : records) {
    auto taken_down = record_takedown(workspace, *ledger, record.id, options.reason);
    if (!taken_down) {
      return while_doing("record the takedown of " + record.id +
                             " (hidden until the next sync; run the command again)",
                         std::move(taken_down).error());
    }
    if (context.output == Output::Text) context.out << "taken down: " << record.id << "\n";
    taken_down_ids.push_back(record.id);
  }
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(Json{
                       {"schema", 1}, {"taken_down", taken_down_ids}, {"reason", options.reason}})
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
