#include <ostream>
#include <sstream>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "config/read_settings.h"
#include "config/reference.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "sources/catalog.h"

namespace freshet::jobs {

namespace {

Json to_json(const std::vector<config::Problem>& problems) {
  Json list = Json::array();
  for (const auto& problem : problems) {
    list.push_back({{"severity", problem.severity == config::Severity::Error ? "error" : "warning"},
                    {"line", problem.at.line},
                    {"column", problem.at.column},
                    {"option", problem.option},
                    {"message", problem.message}});
  }
  return list;
}

/// What only the connectors can say: whether a manifest is sound and the source's `config` fits it.
void check_sources(config::Reading& reading) {
  if (!reading.usable()) return;
  for (const auto& source : reading.settings.sources) {
    const auto connector = sources::create_connector(source);
    if (connector) continue;
    std::istringstream lines(connector.error().message);
    for (std::string line; std::getline(lines, line);) {
      reading.problems.push_back({config::Severity::Error, {}, "sources." + source.name, line});
    }
  }
}

Result<ExitCode> run_check(Context& context) {
  auto reading = config::check_settings(context.config_file, surroundings_of(context));
  check_sources(reading);
  if (context.output == Output::Json) {
    context.out << dump_json_pretty(Json{{"schema", 1},
                                         {"usable", reading.usable()},
                                         {"problems", to_json(reading.problems)}})
                << "\n";
  } else {
    for (const auto& problem : reading.problems) {
      context.out << config::describe(problem, context.config_file.string()) << "\n";
    }
    if (reading.usable()) {
      context.out << context.config_file.string() << ": " << reading.settings.sources.size()
                  << (reading.settings.sources.size() == 1 ? " source" : " sources")
                  << ", usable\n";
    }
  }
  return reading.usable() ? ExitCode::Ok : ExitCode::ConfigInvalid;
}

}  // namespace

Action declare_config(CLI::App& command) {
  command.require_subcommand(1);
  CLI::App* check =
      command.add_subcommand("check", "Name every problem of the configuration at once");
  CLI::App* schema = command.add_subcommand("schema", "Print the JSON Schema, for editors");
  command.add_subcommand("docs", "Print the option tables of docs/configuration.md");
  return [check, schema](Context& context) -> Result<ExitCode> {
    if (check->parsed()) return run_check(context);
    if (schema->parsed()) {
      context.out << dump_json_pretty(config::settings_schema()) << "\n";
    } else {
      context.out << config::options_markdown();
    }
    return ExitCode::Ok;
  };
}

}  // namespace freshet::jobs
