#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace freshet::jobs {

/// What is to run every minute. Both paths are absolute.
struct Installation {
  std::filesystem::path program;
  std::filesystem::path config_file;
};

/// One line for `crontab -e`. Invalid for a path that no crontab can hold (a line break).
Result<std::string> crontab_line(const Installation& installation);

/// The units freshet-sync.service and freshet-sync.timer.
struct SystemdUnits {
  std::string service;
  std::string timer;
};
Result<SystemdUnits> systemd_units(const Installation& installation);

}  // namespace freshet::jobs
