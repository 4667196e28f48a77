#include "pipeline/ledger/sqlite_ledger.h"

#include "base/files.h"
#include "pipeline/ledger/schema.h"

namespace freshet::pipeline {

Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::filesystem::path& data_dir,
                                                   const Clock& clock, LedgerAccess access) {
  const bool writable = access == LedgerAccess::ReadWrite;
  const auto mode = writable ? DatabaseOptions::Access::Create : DatabaseOptions::Access::ReadOnly;
  const std::filesystem::path file = data_dir / "ledger.sqlite";
  std::error_code ignored;
  if (!writable && !std::filesystem::exists(file, ignored)) {
    return Error{ErrorKind::NotFound,
                 "there is no ledger at " + file.string() + ": run `freshet sync` first"};
  }
  if (writable) FRESHET_CHECK(freshet::create_directories(data_dir));
  FRESHET_TRY(
      auto database,
      Database::open({file,
                      "restore it from a backup, or move it away and run `freshet sync`, which "
                      "reads every source again, and then `freshet rebuild`",
                      mode}));
  FRESHET_CHECK(bring_up_to_date(*database, ledger_schema(), mode));
  return std::unique_ptr<Ledger>(std::make_unique<SqliteLedger>(
      std::move(database), VectorCache(data_dir / "vectors.sqlite", mode), clock));
}

}  // namespace freshet::pipeline
