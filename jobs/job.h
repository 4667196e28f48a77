#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "jobs/exit_code.h"

namespace CLI {
class App;
}  // namespace CLI

namespace freshet::jobs {

/// How results are written: for a person or for a program.
enum class Output { Text, Json };

/// What a job gets from the outside world. Nothing below reads the environment, the clock or the
/// terminal by itself.
struct Context {
  std::ostream& out;  ///< Data.
  std::ostream& err;  ///< Progress and messages.
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  const Clock& clock;
  Log& log;
  std::stop_token stop;
  std::function<std::optional<std::string>(std::string_view name)> environment;
  std::filesystem::path config_file;  ///< Option -c.
  std::filesystem::path program;      ///< The running program's own file.
  Output output = Output::Text;       ///< Option --json.
  /// Whether -c was given.
  bool configuration_named = false;
  /// Set when the settings cannot be used: a failure has its own exit code.
  bool configuration_failed = false;
  /// Set when what was asked for is wrong on the face of it.
  bool usage_failed = false;
};

/// Marks a failure as one of the command line: exit code 2.
template <typename T>
Result<T> usage(Context& context, Result<T> checked) {
  context.usage_failed = !checked.has_value();
  return checked;
}

/// Runs with the options it was declared with.
using Action = std::function<Result<ExitCode>(Context&)>;

/// One command of the program.
struct Job {
  std::string_view name;
  std::string_view summary;
  /// Adds the command's own options to `command` and returns what to run once they are parsed.
  Action (*declare)(CLI::App& command);
};

/// Every job there is. Adding one is one line in catalog.cpp and one file.
std::span<const Job> jobs();

/// The options of every command as the tables of docs/cli.md.
std::string options_markdown();

/// Parses the command line and runs the job it names. Errors go to `context.err`: as text, or with
/// --json as one object of type "exit_error".
ExitCode run_command_line(int argc, const char* const* argv, Context& context);

}  // namespace freshet::jobs
