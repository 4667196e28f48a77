#include <memory>
#include <ostream>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "config/names.h"
#include "config/problem.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "sources/catalog.h"
#include "sources/http_api/authoring/check_samples.h"
#include "sources/http_api/authoring/connectors_markdown.h"
#include "sources/http_api/authoring/lint.h"
#include "sources/http_api/authoring/skeleton.h"
#include "sources/http_api/http_api_connector.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"

namespace freshet::jobs {

namespace {

namespace http_api = sources::http_api;

constexpr std::size_t kMostSampleBytes = std::size_t{16} << 20;

struct ConnectorOptions {
  std::string id;
  std::vector<std::string> files;
  std::string source;
  std::size_t count = 5;
};

/// Nothing is known: `try` shows what a first sync would read.
class NothingKnown final : public sources::KnownDocuments {
 public:
  [[nodiscard]] Result<std::optional<std::string>> version_of(
      std::string_view /*external_id*/) const override {
    return std::optional<std::string>();
  }
  [[nodiscard]] Result<std::vector<sources::KnownDocument>> after(
      std::string_view /*after*/, std::size_t /*limit*/) const override {
    return std::vector<sources::KnownDocument>();
  }
};

/// A manifest without errors; its problems were printed.
struct Linted {
  std::optional<http_api::Manifest> manifest;
  bool clean = true;
};

Result<Linted> lint_one(const std::string& file, Context& context) {
  FRESHET_TRY(const std::string text, http_api::manifest_text(file));
  config::Problems problems;
  Linted linted{http_api::read_manifest(text, problems)};
  if (linted.manifest) http_api::lint(*linted.manifest, text, problems);
  for (const auto& problem : problems.sorted()) {
    context.out << config::describe(problem, file) << "\n";
    linted.clean = linted.clean && problem.severity != config::Severity::Error;
  }
  return linted;
}

Result<ExitCode> run_lint(const ConnectorOptions& options, Context& context) {
  bool clean = true;
  for (const std::string& file : options.files) {
    FRESHET_TRY(const Linted linted, lint_one(file, context));
    if (linted.clean) context.out << file << ": usable\n";
    clean = clean && linted.clean;
  }
  return clean ? ExitCode::Ok : ExitCode::ConfigInvalid;
}

std::string samples_path(const std::string& manifest) {
  const auto dot = manifest.rfind(".yaml");
  return manifest.substr(0, dot) + ".samples.json";
}

Result<ExitCode> run_test(const ConnectorOptions& options, Context& context) {
  bool passed = true;
  for (const std::string& file : options.files) {
    FRESHET_TRY(const Linted linted, lint_one(file, context));
    passed = passed && linted.clean;
    if (!linted.manifest) continue;
    FRESHET_TRY(const std::string text, read_file(samples_path(file), kMostSampleBytes));
    auto samples = http_api::parse_samples(text);
    if (!samples) return while_doing("read " + samples_path(file), std::move(samples).error());
    const auto problems = http_api::check_samples(*linted.manifest, *samples);
    for (const std::string& problem : problems) context.out << file << ": " << problem << "\n";
    if (problems.empty()) {
      context.out << file << ": " << samples->samples.size() << " samples map as they say\n";
    }
    passed = passed && problems.empty();
  }
  return passed ? ExitCode::Ok : ExitCode::ConfigInvalid;
}

Result<std::unique_ptr<sources::Connector>> connector_for(const config::SourceSettings& source,
                                                          std::size_t documents) {
  if (!std::holds_alternative<config::HttpApiSettings>(source.kind))
    return sources::create_connector(source);
  return http_api::create_preview(source, documents);
}

Result<ExitCode> run_try(const ConnectorOptions& options, Context& context) {
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  const auto* source = workspace.source(options.source);
  if (source == nullptr) {
    return usage(context, Result<ExitCode>(Error{
                              ErrorKind::NotFound,
                              "there is no source '" + options.source + "' in the configuration"}));
  }
  FRESHET_TRY(const auto connector, connector_for(*source, options.count));
  const NothingKnown known;
  const Interruption interruption(context.stop, context.clock, std::nullopt);
  std::string cursor;
  std::size_t shown = 0;
  for (bool more = true; more && shown < options.count;) {
    FRESHET_TRY(const sources::Batch batch,
                connector->fetch({cursor, known, interruption, sources::FetchMode::Incremental,
                                  options.count - shown}));
    for (const std::string& problem : batch.problems) context.err << problem << "\n";
    for (const sources::Change& change : batch.changes) {
      if (change.kind != sources::ChangeKind::Upsert || shown == options.count) continue;
      context.out << dump_json_pretty(http_api::describe(change.document)) << "\n";
      ++shown;
    }
    cursor = batch.next_cursor;
    more = batch.more;
  }
  if (shown > 0) return ExitCode::Ok;
  return Error{ErrorKind::NotFound,
               "the source gave no document; look at records, where and seed of its manifest"};
}

Result<ExitCode> run_new(const ConnectorOptions& options, Context& context) {
  if (!config::is_source_name(options.id)) {
    return usage(context,
                 Result<ExitCode>(Error{ErrorKind::Invalid,
                                        "'" + options.id +
                                            "' is no id of a manifest: write lower-case letters, "
                                            "digits, - and _; the files are written here"}));
  }
  const std::string manifest = options.id + ".yaml";
  for (const std::string& path : {manifest, samples_path(manifest)}) {
    if (std::filesystem::exists(path))
      return Error{ErrorKind::Invalid, path + " is there already; it was left as it is"};
  }
  FRESHET_CHECK(write_file_atomically(manifest, http_api::manifest_skeleton(options.id)));
  FRESHET_CHECK(write_file_atomically(samples_path(manifest), http_api::samples_skeleton()));
  context.out << "wrote " << manifest << " and " << samples_path(manifest)
              << "\nnext: freshet connector test " << manifest << "\n";
  return ExitCode::Ok;
}

Result<ExitCode> run_list(Context& context) {
  for (const auto& shipped : http_api::shipped_manifests()) context.out << shipped.id << "\n";
  return ExitCode::Ok;
}

Result<ExitCode> run_schema(Context& context) {
  context.out << http_api::manifest_schema();
  return ExitCode::Ok;
}

}  // namespace

Action declare_connector(CLI::App& command) {
  const auto options = std::make_shared<ConnectorOptions>();  // shared with CLI11's callbacks
  command.require_subcommand(1);
  CLI::App* created = command.add_subcommand("new", "Write a manifest and samples to start from");
  created->add_option("id", options->id, "Name of the system")->required();
  CLI::App* linted = command.add_subcommand("lint", "Name every problem of manifests");
  linted->add_option("manifest", options->files, "Paths or ids of shipped ones")->required();
  CLI::App* tested = command.add_subcommand("test", "Map the samples beside manifests and compare");
  tested->add_option("manifest", options->files, "Paths")->required();
  CLI::App* tried =
      command.add_subcommand("try", "Show the first documents of a source; nothing is stored");
  tried->add_option("source", options->source, "Name of a source in the configuration")->required();
  tried->add_option("-n,--count", options->count, "How many documents, 1 to 1000")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  CLI::App* listed = command.add_subcommand("list", "Name the shipped manifests");
  CLI::App* schema =
      command.add_subcommand("schema", "Print the JSON Schema of manifests, for editors");
  command.add_subcommand("docs", "Print the tables of docs/connectors.md");
  return [=](Context& context) -> Result<ExitCode> {
    if (created->parsed()) return run_new(*options, context);
    if (linted->parsed()) return run_lint(*options, context);
    if (tested->parsed()) return run_test(*options, context);
    if (tried->parsed()) return run_try(*options, context);
    if (listed->parsed()) return run_list(context);
    if (schema->parsed()) return run_schema(context);
    context.out << http_api::connectors_markdown() << "\n" << http_api::filters_markdown();
    return ExitCode::Ok;
  };
}

}  // namespace freshet::jobs
