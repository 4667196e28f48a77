#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/catalog.h"
#include "jobs/indexed.h"

namespace freshet::jobs {

namespace {

struct ExportOptions {
  std::string source;
  bool text = false;
  bool passages = false;
};

Json line_of(const pipeline::DocumentRecord& record, const Indexed& indexed,
             const ExportOptions& options) {
  Json line = {{"source", record.source},
               {"id", record.id},
               {"url", record.document.url},
               {"title", indexed.fields.title},
               {"content_hash", record.content_hash},
               {"passage_count", indexed.passages.size()}};
  if (options.text) {
    std::string text;
    for (const auto& passage : indexed.passages)
      text += (text.empty() ? "" : "\n\n") + passage.text;
    line["text"] = std::move(text);
  }
  if (options.passages) line["passages"] = passages_json(indexed.passages);
  return line;
}

Result<ExitCode> run_export(const ExportOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const auto snapshot, live_generation(workspace));

  FRESHET_CHECK(ledger->for_each_document(
      options.source, pipeline::Ledger::Bodies::No,
      [&](const pipeline::DocumentRecord& record) -> Result<Done> {
        FRESHET_TRY(const Indexed entry, indexed(snapshot.get(), record.id));
        context.out << dump_json(line_of(record, entry, options)) << "\n";
        return Done{};
      }));
  context.out.flush();
  if (!context.out)
    return Error{ErrorKind::Exhausted, "cannot write the export: output closed or disk full"};
  return ExitCode::Ok;
}

}  // namespace

Action declare_export(CLI::App& command) {
  const auto options = std::make_shared<ExportOptions>();  // shared with CLI11's callbacks
  command.add_option("--source", options->source, "Only documents of this source")
      ->default_str("all");
  command.add_flag("--text", options->text, "With each document's extracted text");
  command.add_flag("--passages", options->passages, "With each document's passages");
  return [options](Context& context) { return run_export(*options, context); };
}

}  // namespace freshet::jobs
