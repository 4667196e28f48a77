#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "config/environment.h"
#include "config/problem.h"
#include "config/settings.h"

namespace freshet::config {

/// What the reader needs besides the file.
struct Surroundings {
  EnvironmentLookup environment;
  /// Used where `encoder.model` is not written: the model that scripts/setup fetched.
  std::filesystem::path default_model_directory;
};

/// Everything a configuration file says, and everything that is wrong with it.
struct Reading {
  Settings settings;              ///< Complete only when usable().
  std::vector<Problem> problems;  ///< In the order of the file, warnings too.
  [[nodiscard]] bool usable() const;
};

/// Reads a configuration file and names all its problems at once. Secrets are read from their
/// files; nothing else outside the configuration is looked at.
Reading check_settings(const std::filesystem::path& file, const Surroundings& surroundings);

/// The same for a text. `directory` (absolute) is what relative paths are relative to.
Reading check_settings_text(std::string_view text, const std::filesystem::path& directory,
                            const Surroundings& surroundings);

/// The settings, or Invalid with one line per error (NotFound and Denied for a file that cannot be
/// read).
Result<Settings> read_settings(const std::filesystem::path& file, const Surroundings& surroundings);

}  // namespace freshet::config
