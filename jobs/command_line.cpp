#include <map>
#include <ostream>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/job.h"

namespace freshet::jobs {

namespace {

void print_error(const Context& context, const Error& error, ExitCode code) {
  if (context.output == Output::Text) {
    context.err << "freshet: " << error.message << "\n";
    return;
  }
  const Json line = {{"schema", 1},
                     {"type", "exit_error"},
                     {"kind", name_of(error.kind)},
                     {"message", error.message},
                     {"exit_code", static_cast<int>(code)}};
  context.err << dump_json(line) << "\n";
}

ExitCode run(const Action& action, Context& context) {
  auto result = [&]() -> Result<ExitCode> {
    try {
      return action(context);
    } catch (const std::exception& problem) {  // the job runner: one bad run never ends in a crash
      return Error{ErrorKind::Internal, std::string("unexpected: ") + problem.what()};
    } catch (...) {
      return Error{ErrorKind::Internal, "unexpected failure of an unknown kind"};
    }
  }();
  if (result) return *result;
  ExitCode code = exit_code_of(result.error().kind);
  if (context.usage_failed) code = ExitCode::Usage;
  if (context.configuration_failed) code = ExitCode::ConfigInvalid;
  print_error(context, result.error(), code);
  return code;
}

/// Help and --version are no errors; everything else is a usage error on stderr.
ExitCode report_parse_outcome(const CLI::App& app, const CLI::ParseError& outcome,
                              Context& context) {
  const int code = app.exit(outcome, context.out, context.err);
  return code == 0 ? ExitCode::Ok : ExitCode::Usage;
}

}  // namespace

ExitCode run_command_line(int argc, const char* const* argv, Context& context) {
  CLI::App app("Keeps a support team's knowledge current and answers queries from it.", "freshet");
  app.require_subcommand(1);
  app.fallthrough();
  bool json = false;
  app.add_option("-c,--config", context.config_file, "Configuration file")
      ->default_str("./freshet.yaml");
  app.add_flag("--json", json, "Write results and errors as JSON");

  std::map<const CLI::App*, Action> actions;
  for (const Job& job : jobs()) {
    CLI::App* command = app.add_subcommand(std::string(job.name), std::string(job.summary));
    actions[command] = job.declare(*command);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& outcome) {
    return report_parse_outcome(app, outcome, context);
  }
  context.output = json ? Output::Json : Output::Text;
  context.configuration_named = !context.config_file.empty();
  if (context.config_file.empty()) context.config_file = "freshet.yaml";
  return run(actions.at(app.get_subcommands().front()), context);
}

}  // namespace freshet::jobs
