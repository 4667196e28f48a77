#include <algorithm>

#include "config/option_tables.h"
#include "config/reference.h"
#include "config/sections.h"
#include "config/source_types.h"

namespace freshet::config {
namespace {

constexpr std::size_t kWidth = 98;

constexpr std::string_view kOpening =
    R"(## Freshet configuration. "##" explains; remove the "# " before an option to change its default.
## Relative paths are relative to this file. ${NAME} and ${NAME:-default} take environment
## variables; secrets are kept in files of their own: {file: path}. `freshet config check` checks.
version: 1
data_dir: ./data

sources:
  - name: docs
    type: folder
    path: ./kb
)";

constexpr std::string_view kSecondSource = R"(
  # - name: handbook
  #   type: git
  #   repository: https://git.example/handbook.git
)";

/// "## " and the words, broken at the width.
std::string explanation(std::string_view indentation, std::string_view words) {
  const std::string start = std::string(indentation) + "##";
  std::string text;
  std::string line = start;
  while (!words.empty()) {
    const auto word = words.substr(0, words.find(' '));
    words.remove_prefix(std::min(words.size(), word.size() + 1));
    if (line.size() + word.size() + 1 > kWidth) {
      text += line + "\n";
      line = start;
    }
    line += " " + std::string(word);
  }
  return text + line + "\n";
}

std::string sample_value(const DescribedOption& option) {
  if (option.text.type == OptionType::Secret) return "{file: path}";
  if (option.text.type == OptionType::WordMap) return "{}";
  if (!option.default_text.empty()) return option.default_text;
  return option.text.type == OptionType::TextList ? "[]" : "\"\"";
}

/// Where a commented-out option stands: before the "#" and after it.
struct Place {
  std::string_view indentation;
  std::string_view inner;
};

std::string option_lines(Place place, const std::vector<DescribedOption>& options) {
  std::string text;
  for (const auto& option : options) {
    if (option.text.presence == Presence::Required) continue;
    std::string words(option.text.meaning);
    const auto note = option.text.default_note;
    if (!note.empty()) words += " Default: " + std::string(note) + ".";
    text += explanation(place.indentation, words) + std::string(place.indentation) + "# " +
            std::string(place.inner) + std::string(option.text.name) + ": " + sample_value(option) +
            "\n";
  }
  return text;
}

std::string source_lines() {
  return std::string(kOpening) + option_lines({"    ", ""}, source_type("folder")->describe()) +
         option_lines({"    ", ""}, describe_table(source_options())) + "    # delete_guard:\n" +
         option_lines({"    ", "  "}, describe_table(delete_guard_options())) + "    # redact:\n" +
         option_lines({"    ", "  "}, describe_table(redact_options())) + "    #   fields:\n" +
         option_lines({"    ", "    "}, describe_table(redact_field_options())) +
         "    # resolutions:\n" +
         option_lines({"    ", "  "}, describe_table(resolution_options())) +
         std::string(kSecondSource) + option_lines({"  ", "  "}, source_type("git")->describe());
}

}  // namespace

std::string commented_example() {
  std::string text = source_lines();
  for (const auto& section : sections()) {
    text += "\n" + explanation("", section.meaning) + "# " + std::string(section.name) + ":\n" +
            option_lines({"", "  "}, section.describe());
  }
  return text;
}

}  // namespace freshet::config
