#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace freshet::pipeline {

class Database;

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement, borrowed from its database's cache; it goes back there at the end of its
/// scope. Columns are numbered from 0 and are valid until the next step.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// Rewinds the statement and binds every parameter, in order.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    rewind();
    int position = 0;
    (bind_one(++position, values), ...);
    return *this;
  }

  /// True while there is a row to read.
  Result<bool> step();
  /// For a statement that yields no rows.
  Result<Done> run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t unsigned_integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] Instant instant(int column) const;
  [[nodiscard]] std::optional<Instant> optional_instant(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  Statement(Database& database, std::string sql, sqlite3_stmt* handle)
      : database_(&database), sql_(std::move(sql)), handle_(handle) {}

  void rewind();
  void bind_one(int position, std::string_view value);
  void bind_one(int position, const std::string& value) {
    bind_one(position, std::string_view(value));
  }
  void bind_one(int position, const char* value) { bind_one(position, std::string_view(value)); }
  void bind_one(int position, Blob value);
  void bind_one(int position, std::int64_t value);
  void bind_one(int position, std::uint64_t value) {
    bind_one(position, static_cast<std::int64_t>(value));
  }
  void bind_one(int position, int value) { bind_one(position, std::int64_t{value}); }
  void bind_one(int position, Instant value) {
    bind_one(position, static_cast<std::int64_t>(value.time_since_epoch().count()));
  }
  void bind_one(int position, const std::optional<Instant>& value);
  void bind_one(int position, const std::optional<std::string>& value);
  void check(int code);

  Database* database_;
  std::string sql_;
  sqlite3_stmt* handle_;
  int bind_error_ = 0;
};

/// Everything until commit() happens together or not at all; without commit() it never happened.
class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&& other) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  Result<Done> commit();

 private:
  friend class Database;
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

enum class Durability {
  EveryCommit,  ///< fsync at each commit: for what cannot be made again.
  Cache,        ///< Power loss may take the last commits, never the file's soundness.
};

struct DatabaseOptions {
  std::filesystem::path file;
  std::string remedy;  ///< Ends the message about a damaged file: what to do now.
  enum class Access { Create, Existing, ReadOnly } access = Access::Create;
  int page_bytes = 4096;
  Durability durability = Durability::EveryCommit;
};

/// One SQLite file. One thread at a time uses an object.
///
/// On disk a resting file is in rollback mode: reading it creates, touches and leaves no other
/// file, and works in a read-only directory. The first write turns on WAL, so that readers go on
/// during long transactions; closing folds the log back into the one file (or, while another
/// process still reads, empties it and leaves the folding to the last one out).
class Database {
  class Key {
    friend class Database;
    Key() = default;
  };

 public:
  static Result<std::unique_ptr<Database>> open(DatabaseOptions options);
  /// For open() alone.
  Database(Key key, DatabaseOptions options, sqlite3* handle);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  Result<Done> execute(const std::string& sql);
  Result<Statement> prepare(std::string_view sql);
  template <typename... Values>
  Result<Done> run(std::string_view sql, const Values&... values) {
    FRESHET_TRY(auto statement, prepare(sql));
    return statement.bind(values...).run();
  }
  /// The first column of the first row, or nullopt without a row.
  template <typename... Values>
  Result<std::optional<std::int64_t>> integer(std::string_view sql, const Values&... values) {
    FRESHET_TRY(auto statement, prepare(sql));
    FRESHET_TRY(const bool found, statement.bind(values...).step());
    return found ? std::optional(statement.integer(0)) : std::nullopt;
  }

  /// Denied when opened read-only, Locked when another process goes on writing for seconds.
  Result<Transaction> begin_writing();
  /// Empties the write-ahead log as far as other readers allow.
  void fold_log();

  [[nodiscard]] const std::filesystem::path& file() const { return options_.file; }
  /// Corrupt, naming the file, what is wrong and what to do.
  [[nodiscard]] Error damaged(std::string_view what) const;

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const;
  };

  [[nodiscard]] Error error(int code) const;
  void give_back(std::string sql, sqlite3_stmt* handle);

  DatabaseOptions options_;
  std::unique_ptr<sqlite3, Close> handle_;
  std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> idle_;
  bool writing_ = false;
};

}  // namespace freshet::pipeline
