#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "config/table_reader.h"

namespace freshet::config {

/// A map of options that only one type of source has.
struct OptionGroup {
  std::string_view name;
  std::string_view meaning;
  std::vector<DescribedOption> (*describe)();
};

/// One type of source that can be configured.
struct SourceType {
  std::string_view name;
  std::string_view meaning;
  std::span<const OptionGroup> groups;
  std::vector<DescribedOption> (*describe)();
  std::vector<std::string_view> (*names)();  ///< Of options and groups.
  /// Fills `SourceSettings::kind` and checks what the options must satisfy together.
  void (*read)(const Scope& scope, ValueReader& reader, SourceSettings& source);
};

/// To add a type: its settings in settings.h, its table in option_tables.cpp, one line here.
std::span<const SourceType> source_types();

/// Null when there is no such type.
const SourceType* source_type(std::string_view name);

}  // namespace freshet::config
