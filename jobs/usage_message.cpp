#include "base/nearest_name.h"
#include "jobs/program.h"

namespace freshet::jobs {

namespace {

/// The command whose word is wrong: the innermost one that was recognised.
const CLI::App& innermost(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : innermost(*chosen.front());
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// The long options of `app` and of the commands around it, which take them too.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* scope = &app; scope != nullptr; scope = scope->get_parent()) {
    for (const CLI::Option* option : scope->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

/// "; did you mean sync?", or nothing.
std::string suggestion(std::string_view word, const std::vector<std::string>& names) {
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const auto nearest = nearest_name(word.substr(0, word.find('=')), candidates);
  return nearest ? "; did you mean " + std::string(*nearest) + "?" : "";
}

std::string full_name(const CLI::App& app) {
  return (app.get_parent() == nullptr ? "" : full_name(*app.get_parent()) + " ") + app.get_name();
}

std::string problem_of(const CLI::App& app, const CLI::App& command, const CLI::ParseError& error) {
  const bool lacks_command =
      command.get_require_subcommand_min() > command.get_subcommands().size();
  const auto unexpected = app.remaining(true);
  if (unexpected.empty()) {
    return lacks_command ? "name a command" : error.what();
  }
  const std::string& word = unexpected.front();
  if (word.starts_with('-')) {
    return "there is no option '" + word + "'" + suggestion(word, option_names(command));
  }
  if (lacks_command) {
    return "there is no command '" + word + "'" + suggestion(word, command_names(command));
  }
  return error.what();
}

}  // namespace

std::string usage_message(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& command = innermost(app);
  return problem_of(app, command, error) + " (" + full_name(command) + " --help lists " +
         (command.get_subcommands({}).empty() ? "its options" : "the commands") + ")";
}

}  // namespace freshet::jobs
