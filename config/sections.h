#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "config/table_reader.h"

namespace freshet::config {

/// A map of options at the top of the file, such as `encoder`.
struct Section {
  std::string_view name;
  std::string_view meaning;
  std::vector<DescribedOption> (*describe)();
  /// Reads the section, names unknown options, checks what its options must satisfy together.
  void (*read)(const Scope& scope, ValueReader& reader, Settings& settings);
};

std::span<const Section> sections();

}  // namespace freshet::config
