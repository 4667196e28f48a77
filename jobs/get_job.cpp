#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

Json to_json(const pipeline::DocumentRecord& record,
             const std::vector<pipeline::PassageRecord>& passages) {
  const auto& document = record.document;
  const auto& provenance = document.provenance;
  Json list = Json::array();
  for (const auto& passage : passages) {
    list.push_back({{"ordinal", passage.ordinal},
                    {"heading_path", passage.heading_path},
                    {"text_hash", passage.text_hash},
                    {"line_first", passage.range.line_first},
                    {"line_last", passage.range.line_last}});
  }
  return {{"id", record.id},
          {"source", record.source},
          {"path", document.path},
          {"url", document.url},
          {"state", record.deleted ? "deleted" : "live"},
          {"content_hash", record.content_hash},
          {"sequence", record.sequence},
          {"revision", provenance.revision},
          {"updated_at", provenance.updated_at ? Json(to_rfc3339(*provenance.updated_at)) : Json()},
          {"authors", provenance.authors},
          {"owner", provenance.owner},
          {"first_seen_at", to_rfc3339(record.first_seen_at)},
          {"changed_at", to_rfc3339(record.changed_at)},
          {"former_ids", record.former_ids},
          {"metadata", document.metadata},
          {"passages", list}};
}

void print_text(std::ostream& out, const pipeline::DocumentRecord& record) {
  const auto& document = record.document;
  const auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out << name << ": " << value << "\n";
  };
  line("id", record.id);
  line("state", record.deleted ? "deleted" : "");
  line("url", document.url);
  line("revision", document.provenance.revision);
  if (document.provenance.updated_at) line("updated", to_rfc3339(*document.provenance.updated_at));
  line("owner", document.provenance.owner);
  for (const std::string& former : record.former_ids) line("formerly", former);
  out << "\n" << document.body << "\n";
}

Result<ExitCode> run_get(const std::string& id, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const auto record, ledger->document(id));
  if (!record) {
    return Error{ErrorKind::NotFound, "there is no document '" + id +
                                          "'; ids look like docs:guide/setup.md (freshet export)"};
  }
  if (context.output == Output::Text) {
    print_text(context.out, *record);
    return ExitCode::Ok;
  }
  FRESHET_TRY(const auto passages, ledger->passages(record->id));
  context.out << dump_json_pretty(to_json(*record, passages)) << "\n";
  return ExitCode::Ok;
}

}  // namespace

Action declare_get(CLI::App& command) {
  const auto id = std::make_shared<std::string>();  // shared with CLI11's callback
  command.add_option("id", *id, "Document id, current or former: source:path")->required();
  return [id](Context& context) { return run_get(*id, context); };
}

}  // namespace freshet::jobs
