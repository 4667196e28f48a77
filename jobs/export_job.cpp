#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "index/segments/snapshot.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

struct ExportOptions {
  std::string source;
  bool text = false;
  bool passages = false;
};

using Passages = std::vector<index::Passage>;

/// The document as the index holds it: its title and passages; neither where it is not indexed.
struct Indexed {
  std::string title;
  Passages passages;
};

Result<Indexed> indexed(const index::Snapshot* snapshot, const std::string& id) {
  Indexed found;
  if (snapshot == nullptr) return found;
  FRESHET_TRY(const auto stored, snapshot->document(id));
  if (!stored) return found;
  found.title = stored->fields.title;
  for (std::size_t i = 0; i < stored->count; ++i) {
    FRESHET_TRY(auto passage,
                snapshot->passage(stored->first + static_cast<index::PassageNumber>(i)));
    found.passages.push_back(std::move(passage.passage));
  }
  return found;
}

Json passages_json(const Passages& passages) {
  Json list = Json::array();
  for (const auto& passage : passages) {
    list.push_back({{"ordinal", passage.ordinal},
                    {"heading_path", passage.heading_path},
                    {"text_hash", passage.text_hash},
                    {"line_first", passage.range.line_first},
                    {"line_last", passage.range.line_last},
                    {"text", passage.text}});
  }
  return list;
}

Json line_of(const pipeline::DocumentRecord& record, const Indexed& indexed,
             const ExportOptions& options) {
  Json line = {{"source", record.source},
               {"id", record.id},
               {"url", record.document.url},
               {"title", indexed.title},
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
  const auto snapshot = index::Snapshot::open(workspace.index_directory());
  if (!snapshot && snapshot.error().kind != ErrorKind::NotFound) return snapshot.error();
  const index::Snapshot* view = snapshot ? snapshot->get() : nullptr;

  FRESHET_CHECK(
      ledger->for_each_document(options.source, pipeline::Ledger::Bodies::No,
                                [&](const pipeline::DocumentRecord& record) -> Result<Done> {
                                  FRESHET_TRY(const Indexed entry, indexed(view, record.id));
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
