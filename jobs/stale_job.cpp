#include <ostream>

#include <CLI/CLI.hpp>

#include "jobs/catalog.h"
#include "jobs/indexed.h"
#include "pipeline/freshness/detect.h"
#include "pipeline/freshness/report.h"

namespace freshet::jobs {

namespace {

struct StaleOptions {
  std::vector<std::string> sources;
  std::string format;
  std::filesystem::path file;
  std::optional<std::size_t> fail_over;
};

std::string format_name(const StaleOptions& options, const Context& context) {
  if (!options.format.empty()) return options.format;
  return context.output == Output::Json ? "json" : "table";
}

Result<Done> write_report(const std::string& text, const StaleOptions& options, Context& context) {
  if (!options.file.empty()) return write_file_atomically(options.file, text);
  context.out << text;
  context.out.flush();
  return Done{};
}

Result<ExitCode> run_stale(const StaleOptions& options, Context& context) {
  FRESHET_TRY(const auto format,
              usage(context, pipeline::report_format(format_name(options, context))));
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_TRY(const auto ledger, workspace.ledger(pipeline::LedgerAccess::ReadOnly));
  FRESHET_TRY(const auto snapshot, live_generation(workspace));

  FRESHET_TRY(const auto report, pipeline::detect_stale(*ledger, snapshot.get(), options.sources));
  FRESHET_CHECK(write_report(format.write(report, context.clock.now()), options, context));
  const bool over = options.fail_over && report.findings.size() > *options.fail_over;
  return over ? ExitCode::StalenessLimit : ExitCode::Ok;
}

}  // namespace

Action declare_stale(CLI::App& command) {
  const auto options = std::make_shared<StaleOptions>();  // shared with CLI11's callbacks
  std::string formats;
  for (const auto& format : pipeline::report_formats()) {
    formats += (formats.empty() ? "" : ", ") + std::string(format.name);
  }
  command.add_option("source", options->sources, "Only these sources")->default_str("all");
  command.add_option("--format", options->format, "One of " + formats)
      ->default_str("table; json with --json");
  command.add_option("-o,--output", options->file, "Write to this file")
      ->default_str("standard output");
  command.add_option("--fail-over", options->fail_over,
                     "Exit 12 when there are more findings than this");
  return [options](Context& context) { return run_stale(*options, context); };
}

}  // namespace freshet::jobs
