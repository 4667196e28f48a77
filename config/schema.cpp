#include <nlohmann/json.hpp>

#include "config/option_tables.h"
#include "config/reference.h"
#include "config/sections.h"
#include "config/source_types.h"

namespace freshet::config {
namespace {

/// Any single value may be written with a variable; it is checked after expanding.
Json variable() {
  return {{"type", "string"}, {"pattern", "\\$\\{"}};
}

Json whole_number(const OptionText& option) {
  return {{"type", "integer"},
          {"minimum", static_cast<std::int64_t>(option.minimum)},
          {"maximum", static_cast<std::int64_t>(option.maximum)}};
}

Json matching(const char* pattern) {
  return {{"type", "string"}, {"pattern", pattern}};
}

Json any_of(std::initializer_list<Json> forms) {
  Json list = Json::array();
  for (const auto& form : forms) list.push_back(form);
  return {{"anyOf", std::move(list)}};
}

Json text_value(const OptionText& option) {
  Json value{{"type", "string"}};
  if (option.presence == Presence::Required) value["minLength"] = 1;
  return value;
}

Json choice_value(const OptionText& option) {
  Json words = Json::array();
  for (const auto word : option.choices) words.push_back(word);
  return any_of({{{"enum", std::move(words)}}, variable()});
}

Json list_value() {
  Json item{{"type", "string"}, {"minLength", 1}};
  return any_of({item, {{"type", "array"}, {"items", item}}});
}

Json secret_value() {
  return {{"type", "object"},
          {"properties", {{"file", {{"type", "string"}, {"minLength", 1}}}}},
          {"required", Json::array({"file"})},
          {"additionalProperties", false}};
}

Json value_of(const OptionText& option) {
  switch (option.type) {
    case OptionType::Flag:
      return any_of({{{"type", "boolean"}}, variable()});
    case OptionType::Count:
      return any_of({whole_number(option), variable()});
    case OptionType::Bytes:
      return any_of(
          {whole_number(option), matching("^[0-9]+(\\.[0-9]+)? *([KMG]iB|[kKMG]?B)$"), variable()});
    case OptionType::Duration:
      return any_of({matching("^[0-9]+(\\.[0-9]+)? *(ms|s|m|h)$"), variable()});
    case OptionType::Fraction:
      return any_of({{{"type", "number"}, {"minimum", 0}, {"maximum", 1}},
                     matching("^[0-9]+(\\.[0-9]+)? *%?$"),
                     variable()});
    case OptionType::Choice:
      return choice_value(option);
    case OptionType::TextList:
      return list_value();
    case OptionType::Secret:
      return secret_value();
    case OptionType::FreeMap:
      return {{"type", "object"}};
    case OptionType::WordMap:
      return {{"type", "object"}, {"additionalProperties", choice_value(option)}};
    default:
      return text_value(option);
  }
}

Json described_value(const DescribedOption& option) {
  Json value = value_of(option.text);
  std::string description(option.text.meaning);
  if (!option.text.trade_off.empty()) description += " " + std::string(option.text.trade_off);
  const std::string standard = option.text.default_note.empty()
                                   ? option.default_text
                                   : std::string(option.text.default_note);
  if (!standard.empty()) description += " Default: " + standard + ".";
  value["description"] = std::move(description);
  return value;
}

void add_options(Json& object, const std::vector<DescribedOption>& options) {
  for (const auto& option : options) {
    object["properties"][std::string(option.text.name)] = described_value(option);
    if (option.text.presence == Presence::Required) object["required"].push_back(option.text.name);
  }
}

Json empty_object() {
  return {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
}

Json object_of(const std::vector<DescribedOption>& options) {
  Json object = empty_object();
  add_options(object, options);
  return object;
}

Json source_of(const SourceType& type) {
  Json object = empty_object();
  add_options(object, describe_table(source_options()));
  object["properties"]["type"] = {{"const", type.name}, {"description", type.meaning}};
  object["required"].push_back("type");
  object["properties"]["delete_guard"] = object_of(describe_table(delete_guard_options()));
  Json& redact = object["properties"]["redact"] = object_of(describe_table(redact_options()));
  redact["properties"]["fields"] = object_of(describe_table(redact_field_options()));
  object["properties"]["resolutions"] = object_of(describe_table(resolution_options()));
  add_options(object, type.describe());
  for (const OptionGroup& group : type.groups)
    object["properties"][std::string(group.name)] = object_of(group.describe());
  return object;
}

Json sources_list() {
  Json names = Json::array();
  Json branches = Json::array();
  for (const auto& type : source_types()) {
    names.push_back(type.name);
    const Json is_type{{"properties", {{"type", {{"const", type.name}}}}}};
    branches.push_back({{"if", is_type}, {"then", source_of(type)}});
  }
  return {{"type", "array"},
          {"minItems", 1},
          {"maxItems", 1000},
          {"items",
           {{"type", "object"},
            {"properties", {{"type", {{"enum", std::move(names)}}}}},
            {"required", Json::array({"name", "type"})},
            {"allOf", std::move(branches)}}}};
}

}  // namespace

Json settings_schema() {
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "Freshet configuration"},
              {"type", "object"},
              {"properties", Json::object()},
              {"additionalProperties", false}};
  add_options(schema, describe_table(top_options()));
  for (const auto& section : sections()) {
    Json object = object_of(section.describe());
    object["description"] = section.meaning;
    schema["properties"][std::string(section.name)] = std::move(object);
  }
  schema["properties"]["sources"] = sources_list();
  schema["required"].push_back("sources");
  return schema;
}

}  // namespace freshet::config
