#include "jobs/exit_code.h"

#include <array>

namespace freshet::jobs {

namespace {

constexpr std::array kExitCodes{
    ExitCodeEntry{ExitCode::Ok, "Done."},
    ExitCodeEntry{ExitCode::Failure, "Another failure; the message says which."},
    ExitCodeEntry{ExitCode::Usage, "The command line is wrong."},
    ExitCodeEntry{ExitCode::ConfigInvalid, "The configuration is missing or invalid."},
    ExitCodeEntry{ExitCode::CompletedWithErrors, "Completed, but some items or sources failed."},
    ExitCodeEntry{ExitCode::TemporaryFailure,
                  "A source or encoder is unavailable; try again later."},
    ExitCodeEntry{ExitCode::Denied, "A source refuses our credentials or permissions."},
    ExitCodeEntry{ExitCode::LockHeld, "Another job holds the data directory."},
    ExitCodeEntry{ExitCode::DeleteGuard, "The delete guard tripped; look, then use --max-delete."},
    ExitCodeEntry{ExitCode::StoreMissing,
                  "There is no data yet, or the thing asked for does not exist."},
    ExitCodeEntry{ExitCode::IntegrityDamage,
                  "Stored data is damaged, or ledger and index disagree."},
    ExitCodeEntry{ExitCode::StalenessLimit,
                  "More findings than --fail-over, or data older than --max-age."},
    ExitCodeEntry{ExitCode::DiskFull, "The disk is full or a quota is reached."},
    ExitCodeEntry{ExitCode::Interrupted, "Stopped by SIGINT or --max-duration; progress is saved."},
    ExitCodeEntry{ExitCode::Terminated, "Stopped by SIGTERM; progress is saved."},
};

}  // namespace

std::span<const ExitCodeEntry> exit_codes() {
  return kExitCodes;
}

std::string exit_codes_markdown() {
  std::string table = "| Code | Meaning |\n| ---: | --- |\n";
  for (const auto& [code, meaning] : kExitCodes) {
    table += "| " + std::to_string(static_cast<int>(code)) + " | " + std::string(meaning) + " |\n";
  }
  return table;
}

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::NotFound:
      return ExitCode::StoreMissing;
    case ErrorKind::Invalid:
      return ExitCode::Failure;
    case ErrorKind::Unavailable:
      return ExitCode::TemporaryFailure;
    case ErrorKind::Denied:
      return ExitCode::Denied;
    case ErrorKind::Locked:
      return ExitCode::LockHeld;
    case ErrorKind::Refused:
      return ExitCode::DeleteGuard;
    case ErrorKind::Interrupted:
      return ExitCode::Interrupted;
    case ErrorKind::Exhausted:
      return ExitCode::DiskFull;
    case ErrorKind::Corrupt:
      return ExitCode::IntegrityDamage;
    case ErrorKind::Internal:
      return ExitCode::Failure;
  }
  return ExitCode::Failure;
}

}  // namespace freshet::jobs
