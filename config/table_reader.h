#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/option.h"
#include "config/tree.h"
#include "config/value_reader.h"
#include "config/value_text.h"

namespace freshet::config {

/// A map of the file whose members are options.
struct Scope {
  const Node& map;
  std::string name;  ///< Dotted; empty for the file's top.
};

std::string dotted(const Scope& scope, std::string_view key);

/// The place of an option's value, or of the map where it is not written.
Position place_of(const Scope& scope, std::string_view option);

/// Says so when `node` is no map.
bool expect_map(const Node& node, std::string_view name, Problems& problems);

/// Every member that `known` does not name is a problem that names the nearest known one.
void report_unknown(const Scope& scope, const std::vector<std::string_view>& known,
                    Problems& problems);

/// Reads every option of the table that the map has; a required one that is missing is a problem.
template <typename Struct>
void read_table(OptionTable<Struct> table, const Scope& scope, ValueReader& reader, Struct& out) {
  for (const auto& option : table) {
    const Node* node = scope.map.member(option.text.name);
    const auto name = dotted(scope, option.text.name);
    if (node == nullptr) {
      if (option.text.presence == Presence::Required) {
        reader.problems().error(scope.map.at, name,
                                "is missing. " + std::string(option.text.meaning));
      }
      continue;
    }
    std::visit(
        [&](auto member) {
          reader.read({*node, option.text, name}, out.*member);
        },
        option.member);
  }
}

template <typename Struct>
std::vector<std::string_view> names_of(OptionTable<Struct> table) {
  std::vector<std::string_view> names;
  for (const auto& option : table) names.push_back(option.text.name);
  return names;
}

/// Reads a map of options inside another, where there is one.
template <typename Struct>
void read_inner(std::string_view name, OptionTable<Struct> table, const Scope& scope,
                ValueReader& reader, Struct& out) {
  const Node* node = scope.map.member(name);
  if (node == nullptr) return;
  const Scope inner{*node, dotted(scope, name)};
  if (!expect_map(*node, inner.name, reader.problems())) return;
  read_table(table, inner, reader, out);
  report_unknown(inner, names_of(table), reader.problems());
}

/// An option and its default as the file would write it.
struct DescribedOption {
  OptionText text;
  std::string default_text;  ///< Empty for an empty text, list or secret.
};

template <typename Struct>
std::vector<DescribedOption> describe_table(OptionTable<Struct> table) {
  const Struct defaults{};
  std::vector<DescribedOption> described;
  for (const auto& option : table) {
    auto text = std::visit([&](auto member) { return format_value(option.text, defaults.*member); },
                           option.member);
    if (option.text.presence == Presence::Required) text.clear();
    described.push_back({option.text, std::move(text)});
  }
  return described;
}

}  // namespace freshet::config
