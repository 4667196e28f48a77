#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/read_settings.h"

namespace freshet::config::testing {

/// An environment with HOST_NAME, PORT and EMPTY in it.
inline std::optional<std::string> environment(std::string_view name) {
  if (name == "HOST_NAME") return "docs.example";
  if (name == "PORT") return "8090";
  if (name == "EMPTY") return "";
  if (name == "SNEAKY") return "${PORT}";
  return std::nullopt;
}

inline Surroundings surroundings() {
  return {environment, "/models/default"};
}

/// Reads a text as if it were /etc/freshet/freshet.yaml.
inline Reading read_text(std::string_view text) {
  return check_settings_text(text, "/etc/freshet", surroundings());
}

/// The smallest configuration with more lines at its end.
inline std::string with(std::string_view more) {
  return "version: 1\n"
         "data_dir: ./data\n"
         "sources:\n"
         "  - {name: kb, type: folder, path: ./kb}\n" +
         std::string(more);
}

/// A configuration whose one source has these options besides name and type: git.
inline std::string git_source(std::string_view options) {
  return "version: 1\ndata_dir: d\nsources:\n  - name: docs\n    type: git\n" +
         std::string(options);
}

/// Every problem on a line of its own, as `freshet config check` prints it.
inline std::string problems_of(const Reading& reading) {
  std::string text;
  for (const auto& problem : reading.problems) text += describe(problem, "f") + "\n";
  return text;
}

}  // namespace freshet::config::testing
