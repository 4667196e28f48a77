#include <ostream>

#include <CLI/CLI.hpp>

#include "jobs/catalog.h"

namespace freshet::jobs {

namespace {

/// "--full --dry-run ...": the long options of one command.
std::string long_options(const CLI::App& command) {
  std::string words;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) words += " --" + name;
  }
  return words;
}

std::string bash_script(const CLI::App& program) {
  std::string commands;
  std::string cases;
  for (const CLI::App* command : program.get_subcommands({})) {
    commands += " " + command->get_name();
    cases += "    " + command->get_name() + ") words=\"" + long_options(*command) + "\" ;;\n";
  }
  return "_freshet() {\n"
         "  local words=\"" +
         commands + long_options(program) +
         "\"\n"
         "  case \"${COMP_WORDS[1]}\" in\n" +
         cases +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "}\n"
         "complete -o default -F _freshet freshet\n";
}

std::string fish_script(const CLI::App& program) {
  std::string script;
  for (const CLI::App* command : program.get_subcommands({})) {
    const std::string& name = command->get_name();
    script += "complete -c freshet -n __fish_use_subcommand -a " + name + " -d '" +
              command->get_description() + "'\n";
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& long_name : option->get_lnames()) {
        script += "complete -c freshet -n '__fish_seen_subcommand_from " + name + "' -l " +
                  long_name + "\n";
      }
    }
  }
  return script;
}

/// zsh understands bash's completion functions once told to.
std::string zsh_script(const CLI::App& program) {
  return "autoload -U +X bashcompinit && bashcompinit\n" + bash_script(program);
}

}  // namespace

Action declare_completion(CLI::App& command) {
  const auto shell = std::make_shared<std::string>();  // shared with CLI11's callback
  command.add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  return [shell, &command](Context& context) -> Result<ExitCode> {
    const CLI::App& program = *command.get_parent();
    if (*shell == "bash") context.out << bash_script(program);
    if (*shell == "zsh") context.out << zsh_script(program);
    if (*shell == "fish") context.out << fish_script(program);
    return ExitCode::Ok;
  };
}

}  // namespace freshet::jobs
