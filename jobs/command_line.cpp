#include <algorithm>
#include <ostream>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "jobs/guarded.h"
#include "jobs/program.h"

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
  const auto result = guarded<ExitCode>([&] { return action(context); });
  if (result) return *result;
  ExitCode code = exit_code_of(result.error().kind);
  if (context.usage_failed) code = ExitCode::Usage;
  if (context.configuration_failed) code = ExitCode::ConfigInvalid;
  print_error(context, result.error(), code);
  return code;
}

/// Help is no error; everything else is a usage error on stderr.
ExitCode report_parse_outcome(const CLI::App& app, const CLI::ParseError& outcome,
                              Context& context) {
  if (outcome.get_exit_code() == 0) {
    app.exit(outcome, context.out, context.err);
    return ExitCode::Ok;
  }
  print_error(context, {ErrorKind::Invalid, usage_message(app, outcome)}, ExitCode::Usage);
  return ExitCode::Usage;
}

/// Where parsing stopped early, the flag may stand behind the mistake.
bool asks_for_json(int argc, const char* const* argv) {
  return std::any_of(argv, argv + argc, [](std::string_view word) { return word == "--json"; });
}

}  // namespace

ExitCode run_command_line(int argc, const char* const* argv, Context& context) {
  Program program;
  try {
    program.app.parse(argc, argv);
  } catch (const CLI::ParseError& outcome) {
    context.output = asks_for_json(argc, argv) ? Output::Json : Output::Text;
    return report_parse_outcome(program.app, outcome, context);
  }
  context.output = program.json ? Output::Json : Output::Text;
  context.configuration_named = !program.config_file.empty();
  context.config_file = context.configuration_named ? program.config_file : "freshet.yaml";
  return run(program.actions.at(program.app.get_subcommands().front()), context);
}

}  // namespace freshet::jobs
