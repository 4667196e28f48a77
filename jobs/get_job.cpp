#include <map>
#include <optional>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/catalog.h"
#include "jobs/indexed.h"
#include "pipeline/redacted_document.h"

namespace freshet::jobs {

namespace {

/// What is known of one document, from ledger and index.
struct Known {
  pipeline::DocumentRecord record;
  pipeline::RedactedDocument shown;
  std::vector<std::string> authors;  ///< As `shown`.
  Indexed index;
  std::optional<pipeline::Takedown> takedown;
  std::optional<pipeline::Relations> relations;  ///< Where they were asked for.
};

struct GetOptions {
  std::string id;
  bool relations = false;
  bool raw = false;
};

/// People and what they wrote, as readers may see them; as the source has them for `raw`.
void take_shown(const Workspace& workspace, bool raw, Known& known) {
  const config::SourceSettings* configured = workspace.source(known.record.source);
  const config::SourceSettings source =
      configured == nullptr ? config::SourceSettings() : *configured;
  auto redactor = raw ? pipeline::Redactor({}, "") : pipeline::redactor_for(known.record, source);
  known.shown = pipeline::redacted_document(known.record, source.language, redactor);
  if (known.shown.text.owner.empty()) known.shown.text.owner = source.owner;
  if (known.shown.text.title.empty())
    known.shown.text.title = pipeline::title_from_path(known.record.document.path, redactor);
  for (const std::string& author : known.record.document.provenance.authors) {
    const std::string shown = redactor.redact_author(author);
    if (!shown.empty()) known.authors.push_back(shown);
  }
}

Result<Known> find(const Workspace& workspace, const GetOptions& options) {
  const std::string& id = options.id;
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(auto record, ledger->document(id));
  if (!record) {
    return Error{ErrorKind::NotFound, "there is no document '" + id +
                                          "'; ids look like docs:guide/setup.md (freshet export)"};
  }
  Known known{*std::move(record), {}, {}, {}, std::nullopt, std::nullopt};
  if (options.relations) {
    FRESHET_TRY(known.relations, ledger->relations(known.record.id));
  }
  take_shown(workspace, options.raw, known);
  FRESHET_TRY(const auto takedowns, ledger->takedowns());
  for (const auto& takedown : takedowns) {
    if (takedown.id == known.record.id) known.takedown = takedown;
  }
  if (known.record.deleted) return known;
  FRESHET_TRY(const auto snapshot, live_generation(workspace));
  FRESHET_TRY(known.index, indexed(snapshot.get(), known.record.id));
  return known;
}

std::string_view state_of(const Known& known) {
  if (known.takedown) return "taken_down";
  return known.record.deleted ? "deleted" : "live";
}

Json takedown_json(const std::optional<pipeline::Takedown>& takedown) {
  if (!takedown) return nullptr;
  return {{"reason", takedown->reason}, {"at", to_rfc3339(takedown->at)}};
}

Json relations_json(const pipeline::Relations& relations) {
  Json outgoing = Json::array();
  for (const auto& [relation, document] : relations.outgoing) {
    outgoing.push_back({{"type", relation.type},
                        {"kind", relation.kind},
                        {"id", relation.id},
                        {"document", document.empty() ? Json() : Json(document)}});
  }
  Json incoming = Json::array();
  for (const auto& [type, document] : relations.incoming) {
    incoming.push_back({{"type", type}, {"document", document}});
  }
  return {{"outgoing", std::move(outgoing)}, {"incoming", std::move(incoming)}};
}

Json to_json(const Known& known, bool raw) {
  const auto& record = known.record;
  const auto& document = record.document;
  const auto& provenance = document.provenance;
  Json json{
      {"schema", 1},
      {"id", record.id},
      {"source", record.source},
      {"path", document.path},
      {"url", document.url},
      {"title", known.shown.text.title},
      {"language", record.shown.language},
      {"state", state_of(known)},
      {"takedown", takedown_json(known.takedown)},
      {"content_hash", record.content_hash},
      {"sequence", record.sequence},
      {"revision", provenance.revision},
      {"updated_at", provenance.updated_at ? Json(to_rfc3339(*provenance.updated_at)) : Json()},
      {"authors", known.authors},
      {"owner", known.shown.text.owner},
      {"first_seen_at", to_rfc3339(record.first_seen_at)},
      {"changed_at", to_rfc3339(record.changed_at)},
      {"former_ids", record.former_ids},
      {"principals", {{"allow", document.allow}, {"deny", document.deny}}},
      {"metadata", known.shown.text.metadata},
      {"passages", passages_json(known.index.passages)}};
  if (raw) json["body"] = document.body;
  if (known.relations) json["relations"] = relations_json(*known.relations);
  return json;
}

void print_relations(std::ostream& out, const pipeline::Relations& relations) {
  for (const auto& [relation, document] : relations.outgoing) {
    out << "relation " << relation.type << ": " << relation.kind
        << (relation.kind.empty() ? "" : " ") << relation.id
        << (document.empty() ? "" : " (" + document + ")") << "\n";
  }
  for (const auto& [type, document] : relations.incoming) {
    out << "named as " << type << " by: " << document << "\n";
  }
}

void print_blocks(std::ostream& out, const std::vector<pipeline::Block>& blocks) {
  using pipeline::BlockKind;
  const pipeline::Block* before = nullptr;
  for (const auto& block : blocks) {
    const bool same = before != nullptr && before->kind == block.kind;
    const bool close =
        same && (block.kind == BlockKind::ListItem || block.kind == BlockKind::TableRow);
    out << (close ? "" : "\n");
    if (block.kind == BlockKind::Heading) out << std::string(block.level, '#') << " ";
    if (block.kind == BlockKind::ListItem) out << "- ";
    out << block.text << "\n";
    before = &block;
  }
}

void print_text(std::ostream& out, const Known& known, bool raw) {
  const auto& record = known.record;
  const auto& document = record.document;
  const auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out << name << ": " << value << "\n";
  };
  line("id", record.id);
  line("title", known.shown.text.title);
  if (known.takedown) {
    line("taken down", to_rfc3339(known.takedown->at) + ", " + known.takedown->reason);
  } else {
    line("state", record.deleted ? "deleted" : "");
  }
  line("url", document.url);
  line("revision", document.provenance.revision);
  if (document.provenance.updated_at) line("updated", to_rfc3339(*document.provenance.updated_at));
  line("owner", known.shown.text.owner);
  line("language", record.shown.language);
  line("shown to", fmt::format("{}", fmt::join(document.allow, ", ")));
  line("hidden from", fmt::format("{}", fmt::join(document.deny, ", ")));
  for (const auto& [name, value] : known.shown.text.metadata) line("metadata " + name, value);
  for (const std::string& former : record.former_ids) line("formerly", former);
  if (known.relations) print_relations(out, *known.relations);
  line("not readable", known.shown.failure);
  if (raw) {
    out << "\n" << document.body << "\n";
  } else {
    print_blocks(out, known.shown.text.blocks);
  }
}

Result<ExitCode> run_get(const GetOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const Known known, find(workspace, options));
  if (context.output == Output::Text) {
    print_text(context.out, known, options.raw);
  } else {
    context.out << dump_json_pretty(to_json(known, options.raw)) << "\n";
  }
  return ExitCode::Ok;
}

}  // namespace

Action declare_get(CLI::App& command) {
  const auto options = std::make_shared<GetOptions>();  // shared with CLI11's callback
  command.add_option("id", options->id, "Document id, current or former: source:path")->required();
  command.add_flag("--relations", options->relations,
                   "What it is related to and cites, and what names or cites it");
  command.add_flag("--raw", options->raw,
                   "As its source has it, personal data included; else as searches show it");
  return [options](Context& context) { return run_get(*options, context); };
}

}  // namespace freshet::jobs
