#include "config/option_tables.h"
#include "config/reference.h"
#include "config/sections.h"
#include "config/source_types.h"

namespace freshet::config {
namespace {

std::string_view type_name(OptionType type) {
  switch (type) {
    case OptionType::Text:
      return "text";
    case OptionType::Path:
      return "path";
    case OptionType::Location:
      return "path or address";
    case OptionType::Flag:
      return "true, false";
    case OptionType::Count:
      return "number";
    case OptionType::Bytes:
      return "size";
    case OptionType::Duration:
      return "duration";
    case OptionType::Fraction:
      return "share";
    case OptionType::Choice:
      return "";
    case OptionType::TextList:
      return "list of texts";
    case OptionType::Secret:
      return "{file: path}";
    case OptionType::FreeMap:
      return "map";
    case OptionType::WordMap:
      return "";
  }
  return "";
}

std::string type_cell(const OptionText& option) {
  if (!option.choices.empty()) {
    std::string words;
    for (const auto word : option.choices) words += (words.empty() ? "" : ", ") + std::string(word);
    return option.type == OptionType::WordMap ? "map of names to " + words : words;
  }
  std::string text(type_name(option.type));
  const bool number = option.type == OptionType::Count || option.type == OptionType::Bytes ||
                      option.type == OptionType::Duration || option.type == OptionType::Fraction;
  if (number) {
    text += ", " + format_number(option, option.minimum) + " to " +
            format_number(option, option.maximum);
  }
  return text;
}

std::string default_cell(const DescribedOption& option) {
  if (option.text.presence == Presence::Required) return "required";
  if (!option.text.default_note.empty()) return table_cell(option.text.default_note);
  return option.default_text.empty() ? "none" : "`" + table_cell(option.default_text) + "`";
}

std::string table(const std::vector<DescribedOption>& options) {
  std::string text =
      "| Option | Written as | Default | Meaning | Which way to turn it |\n"
      "| --- | --- | --- | --- | --- |\n";
  for (const auto& option : options) {
    text += "| `" + std::string(option.text.name) + "` | " + table_cell(type_cell(option.text)) +
            " | " + default_cell(option) + " | " + table_cell(option.text.meaning) + " | " +
            table_cell(option.text.trade_off) + " |\n";
  }
  return text + "\n";
}

std::string part(std::string_view heading, std::string_view meaning,
                 const std::vector<DescribedOption>& options) {
  return "### " + std::string(heading) + "\n\n" + std::string(meaning) + "\n\n" + table(options);
}

}  // namespace

std::string table_cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

std::string options_markdown() {
  std::string text = part("At the top", "What every file has.", describe_table(top_options()));
  for (const auto& section : sections()) {
    text += part("`" + std::string(section.name) + "`", section.meaning, section.describe());
  }
  text += part("`sources`, each", "Also `type`, one of the types below.",
               describe_table(source_options()));
  text += part("`delete_guard` of a source", "What counts as too many deletions at once.",
               describe_table(delete_guard_options()));
  text += part("`redact` of a source",
               "What happens to personal data before texts are stored for "
               "search and encoded.",
               describe_table(redact_options()));
  text += part("`fields` of `redact`",
               "What happens to personal data by where it stands, instead of by its kind.",
               describe_table(redact_field_options()));
  text += part("`resolutions` of a source", "Whether solved tickets become documents of their own.",
               describe_table(resolution_options()));
  for (const auto& type : source_types()) {
    text +=
        part("Sources with `type: " + std::string(type.name) + "`", type.meaning, type.describe());
    for (const OptionGroup& group : type.groups) {
      text += part("`" + std::string(group.name) +
                       "` of a source with `type: " + std::string(type.name) + "`",
                   group.meaning, group.describe());
    }
  }
  text.pop_back();
  return text;
}

}  // namespace freshet::config
