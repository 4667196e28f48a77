#include "config/reference.h"
#include "jobs/program.h"

namespace freshet::jobs {

namespace {

/// "[SOURCE ...]" for a positional, "-k, --top-k VALUE" for an option.
std::string spelling(const CLI::Option& option) {
  if (!option.nonpositional()) {
    const std::string name =
        option.get_name(true) + (option.get_items_expected_max() > 1 ? " ..." : "");
    return option.get_required() ? name : "[" + name + "]";
  }
  std::string names;
  for (const std::string& name : option.get_snames()) names += (names.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames())
    names += (names.empty() ? "--" : ", --") + name;
  return option.get_items_expected_max() == 0 ? names : names + " VALUE";
}

std::string default_of(const CLI::Option& option) {
  return option.get_required() ? "required" : config::table_cell(option.get_default_str());
}

std::string row(std::string_view name, std::string_view meaning, std::string_view standard) {
  return "| `" + config::table_cell(name) + "` | " + config::table_cell(meaning) + " | " +
         std::string(standard) + " |\n";
}

/// Empty for a command that takes nothing of its own.
std::string rows_of(const CLI::App& command) {
  std::string rows;
  for (const CLI::Option* option : command.get_options()) {
    if (option == command.get_help_ptr()) continue;
    rows += row(spelling(*option), option->get_description(), default_of(*option));
  }
  return rows;
}

std::string part(std::string_view heading, const std::string& rows) {
  if (rows.empty()) return "";
  return "### " + std::string(heading) +
         "\n\n| Option | Meaning | Default |\n| --- | --- | --- |\n" + rows + "\n";
}

}  // namespace

std::string options_markdown() {
  const Program program;
  std::string text = part(
      "Every command",
      rows_of(program.app) + row("-h, --help", program.app.get_help_ptr()->get_description(), ""));
  for (const CLI::App* command : program.app.get_subcommands({})) {
    std::string rows = rows_of(*command);
    for (const CLI::App* nested : command->get_subcommands({}))
      rows += row(nested->get_name(), nested->get_description(), "");
    text += part("`" + command->get_name() + "`", rows);
  }
  text.pop_back();
  return text;
}

}  // namespace freshet::jobs
