#include "pipeline/ledger/sqlite.h"

#include <utility>

#include <sqlite3.h>

namespace freshet::pipeline {

namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr std::size_t kMaxIdleStatements = 64;

sqlite3_destructor_type copy_bytes() {
  return reinterpret_cast<sqlite3_destructor_type>(std::intptr_t{-1});
}

ErrorKind kind_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorKind::Locked;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ErrorKind::Corrupt;
    case SQLITE_FULL:
      return ErrorKind::Exhausted;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return ErrorKind::Denied;
    case SQLITE_TOOBIG:
      return ErrorKind::Invalid;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
      return ErrorKind::Unavailable;
    default:
      return ErrorKind::Internal;
  }
}

int open_flags(DatabaseOptions::Access access) {
  // A reader opens for writing too, where it may: only then can it roll back a killed writer's
  // journal and, as the last one out, remove an empty log. `query_only` keeps it from writing
  // anything else.
  const int create = access == DatabaseOptions::Access::Create ? SQLITE_OPEN_CREATE : 0;
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | create;
}

}  // namespace

// --- Statement
// ------------------------------------------------------------------------------------

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      sql_(std::move(other.sql_)),
      handle_(std::exchange(other.handle_, nullptr)),
      bind_error_(other.bind_error_) {}

Statement::~Statement() {
  if (handle_ != nullptr) database_->give_back(std::move(sql_), handle_);
}

void Statement::rewind() {
  bind_error_ = SQLITE_OK;
  sqlite3_reset(handle_);
}

void Statement::check(int code) {
  if (bind_error_ == SQLITE_OK) bind_error_ = code;
}

void Statement::bind_one(int position, std::string_view value) {
  const char* bytes = value.data() == nullptr ? "" : value.data();
  check(sqlite3_bind_text64(handle_, position, bytes, value.size(), copy_bytes(), SQLITE_UTF8));
}

void Statement::bind_one(int position, Blob value) {
  const char* bytes = value.bytes.data() == nullptr ? "" : value.bytes.data();
  check(sqlite3_bind_blob64(handle_, position, bytes, value.bytes.size(), copy_bytes()));
}

void Statement::bind_one(int position, std::int64_t value) {
  check(sqlite3_bind_int64(handle_, position, value));
}

void Statement::bind_one(int position, const std::optional<Instant>& value) {
  if (value) {
    bind_one(position, *value);
  } else {
    check(sqlite3_bind_null(handle_, position));
  }
}

void Statement::bind_one(int position, const std::optional<std::string>& value) {
  if (value) {
    bind_one(position, std::string_view(*value));
  } else {
    check(sqlite3_bind_null(handle_, position));
  }
}

Result<bool> Statement::step() {
  if (bind_error_ != SQLITE_OK) return database_->error(bind_error_);
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error error = database_->error(code);
  sqlite3_reset(handle_);
  return error;
}

Result<Done> Statement::run() {
  FRESHET_TRY(const bool row, step());
  static_cast<void>(row);
  sqlite3_reset(handle_);
  return Done{};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(handle_, column);
}

std::uint64_t Statement::unsigned_integer(int column) const {
  return static_cast<std::uint64_t>(integer(column));
}

std::string Statement::text(int column) const {
  return std::string(bytes(column));
}

std::string_view Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(handle_, column);
  if (data == nullptr) return {};
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Instant Statement::instant(int column) const {
  return Instant(std::chrono::microseconds(integer(column)));
}

std::optional<Instant> Statement::optional_instant(int column) const {
  return is_null(column) ? std::nullopt : std::optional(instant(column));
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

// --- Transaction
// ----------------------------------------------------------------------------------

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  // Some failures (disk full) have rolled back already; a second rollback is then an error of no
  // interest.
  sqlite3_exec(database_->handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

Result<Done> Transaction::commit() {
  FRESHET_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return Done{};
}

// --- Database
// -------------------------------------------------------------------------------------

void Database::Close::operator()(sqlite3* handle) const {
  sqlite3_close_v2(handle);
}
void Database::Finalize::operator()(sqlite3_stmt* handle) const {
  sqlite3_finalize(handle);
}

Database::Database(Key, DatabaseOptions options, sqlite3* handle)
    : options_(std::move(options)), handle_(handle) {}

Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(options.file.c_str(), &handle, open_flags(options.access), nullptr);
  auto database = std::make_unique<Database>(Key(), std::move(options), handle);
  if (code != SQLITE_OK) return while_doing("open the database", database->error(code));
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  const bool full = database->options_.durability == Durability::EveryCommit;
  FRESHET_CHECK(
      database->execute("PRAGMA page_size=" + std::to_string(database->options_.page_bytes) +
                        "; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                        "PRAGMA cell_size_check=ON; PRAGMA trusted_schema=OFF;"
                        "PRAGMA synchronous=" +
                        (full ? "FULL" : "NORMAL")));
  if (database->options_.access == DatabaseOptions::Access::ReadOnly) {
    FRESHET_CHECK(database->execute("PRAGMA query_only=ON"));
  }
  return database;
}

Database::~Database() {
  idle_.clear();
  if (!writing_) return;
  // With another reader about, SQLite refuses the change of mode at once and the log stays in use.
  sqlite3_busy_timeout(handle_.get(), 0);
  sqlite3_exec(handle_.get(), "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA main.journal_mode=DELETE",
               nullptr, nullptr, nullptr);
}

Result<Done> Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error(code);
  return Done{};
}

Result<Statement> Database::prepare(std::string_view sql) {
  std::string key(sql);
  if (auto idle = idle_.extract(key)) {
    return Statement(*this, std::move(key), idle.mapped().release());
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), key.c_str(), static_cast<int>(key.size() + 1),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error(code);
  return Statement(*this, std::move(key), statement);
}

void Database::give_back(std::string sql, sqlite3_stmt* handle) {
  std::unique_ptr<sqlite3_stmt, Finalize> statement(handle);
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  if (idle_.size() < kMaxIdleStatements) idle_.emplace(std::move(sql), std::move(statement));
}

Result<Transaction> Database::begin_writing() {
  if (options_.access == DatabaseOptions::Access::ReadOnly) {
    return Error{ErrorKind::Denied,
                 "cannot write " + file().string() + ": it was opened read-only"};
  }
  if (!std::exchange(writing_, true)) {
    // Where a reader is in the way the write goes through the rollback journal: slower, as safe.
    sqlite3_exec(handle_.get(), "PRAGMA main.journal_mode=WAL", nullptr, nullptr, nullptr);
  }
  FRESHET_CHECK(execute("BEGIN IMMEDIATE"));
  return Transaction(*this);
}

void Database::fold_log() {
  // Not worth a wait: whoever is in the way folds the log when it closes the file.
  sqlite3_busy_timeout(handle_.get(), 0);
  sqlite3_exec(handle_.get(), "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr);
  sqlite3_busy_timeout(handle_.get(), kBusyMilliseconds);
}

Error Database::damaged(std::string_view what) const {
  return {ErrorKind::Corrupt,
          file().string() + " is damaged: " + std::string(what) + "; " + options_.remedy};
}

Error Database::error(int code) const {
  const char* reason = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
  const ErrorKind kind = kind_of(code);
  if (kind == ErrorKind::Corrupt) return damaged(reason);
  return {kind, "SQLite on " + file().string() + ": " + reason};
}

}  // namespace freshet::pipeline
