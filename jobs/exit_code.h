#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet::jobs {

/// What a job tells the shell. Documented and stable; an unknown code must be read as failure.
enum class ExitCode {
  Ok = 0,
  Failure = 1,
  Usage = 2,
  ConfigInvalid = 3,
  CompletedWithErrors = 4,
  TemporaryFailure = 5,
  Denied = 6,
  LockHeld = 7,
  DeleteGuard = 8,
  StoreMissing = 10,
  IntegrityDamage = 11,
  StalenessLimit = 12,
  DiskFull = 13,
  Interrupted = 130,
  Terminated = 143,
};

struct ExitCodeEntry {
  ExitCode code;
  std::string_view meaning;
};

/// The documented list, in ascending order.
std::span<const ExitCodeEntry> exit_codes();

/// The list as the Markdown table of docs/cli.md.
std::string exit_codes_markdown();

/// The code that goes with an error.
ExitCode exit_code_of(ErrorKind kind);

}  // namespace freshet::jobs
