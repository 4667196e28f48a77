#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

constexpr std::size_t kMaxErrors = 1000;
constexpr std::uint64_t kKeptRuns = 10000;

Result<std::map<std::string, std::int64_t>> read_counts(const Database& database,
                                                        std::string_view text) {
  std::map<std::string, std::int64_t> counts;
  auto json = parse_json(text);
  if (!json || !json->is_object()) return database.damaged("the counts of a run are no JSON");
  for (const auto& [name, value] : json->items()) {
    if (value.is_number_integer()) counts.emplace(name, value.get<std::int64_t>());
  }
  return counts;
}

Result<std::vector<std::string>> read_errors(Database& database, std::int64_t run) {
  FRESHET_TRY(auto rows,
              database.prepare("SELECT message FROM run_errors WHERE run = ? ORDER BY number"));
  rows.bind(run);
  std::vector<std::string> errors;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return errors;
    errors.push_back(rows.text(0));
  }
}

}  // namespace

Result<std::int64_t> SqliteLedger::begin_run(std::string_view job, std::string_view source) {
  FRESHET_TRY(auto transaction, database_->begin_writing());
  FRESHET_TRY(
      const auto run,
      database_->integer("INSERT INTO runs VALUES (NULL, ?, ?, ?, '', '{}', ?, NULL) RETURNING id",
                         job, source, static_cast<int>(RunStatus::Running), clock_->now()));
  const std::int64_t id = run.value_or(0);
  FRESHET_CHECK(
      database_->run("DELETE FROM runs WHERE id <= ?", id - static_cast<std::int64_t>(kKeptRuns)));
  FRESHET_CHECK(transaction.commit());
  return id;
}

Result<Done> SqliteLedger::finish_run(std::int64_t run, const RunOutcome& outcome) {
  Json counts = Json::object();
  for (const auto& [name, value] : outcome.counts) counts[name] = value;
  FRESHET_TRY(auto transaction, database_->begin_writing());
  FRESHET_TRY(
      const auto known,
      database_->integer("UPDATE runs SET status = ?, message = ?, counts = ?, finished_at = ? "
                         "WHERE id = ? RETURNING id",
                         static_cast<int>(outcome.status), outcome.message, dump_json(counts),
                         clock_->now(), run));
  if (!known) return Error{ErrorKind::NotFound, "there is no run " + std::to_string(run)};
  FRESHET_CHECK(database_->run("DELETE FROM run_errors WHERE run = ?", run));
  const std::size_t kept = std::min(outcome.errors.size(), kMaxErrors);
  for (std::size_t at = 0; at < kept; ++at) {
    FRESHET_CHECK(database_->run("INSERT INTO run_errors VALUES (?, ?, ?)", run, std::uint64_t{at},
                                 outcome.errors[at]));
  }
  return transaction.commit();
}

Result<std::vector<RunRecord>> SqliteLedger::runs(std::size_t limit) const {
  FRESHET_TRY(auto rows,
              database_->prepare("SELECT id, job, source, started_at, finished_at, status, "
                                 "message, counts FROM runs ORDER BY id DESC LIMIT ?"));
  rows.bind(std::uint64_t{limit});
  std::vector<RunRecord> runs;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return runs;
    RunRecord record{
        rows.integer(0), rows.text(1), rows.text(2), rows.instant(3), rows.optional_instant(4), {}};
    record.outcome.status = static_cast<RunStatus>(rows.integer(5));
    record.outcome.message = rows.text(6);
    FRESHET_TRY(record.outcome.counts, read_counts(*database_, rows.bytes(7)));
    FRESHET_TRY(record.outcome.errors, read_errors(*database_, record.id));
    runs.push_back(std::move(record));
  }
}

Result<Done> SqliteLedger::record_generation(std::uint64_t generation, std::uint64_t sequence) {
  FRESHET_TRY(const auto known,
              database_->integer("SELECT 1 FROM generations WHERE number = ? AND sequence = ?",
                                 generation, sequence));
  if (known) return Done{};
  FRESHET_TRY(auto transaction, database_->begin_writing());
  FRESHET_CHECK(database_->run("INSERT OR REPLACE INTO generations VALUES (?, ?, ?)", generation,
                               sequence, clock_->now()));
  return transaction.commit();
}

Result<std::string> SqliteLedger::identity() const {
  FRESHET_TRY(const auto drawn,
              database_->integer("SELECT value FROM counters WHERE name = 'ledger'"));
  return std::to_string(drawn.value_or(0));
}

Result<std::uint64_t> SqliteLedger::last_generation() const {
  FRESHET_TRY(const auto number, database_->integer("SELECT max(number) FROM generations"));
  return static_cast<std::uint64_t>(number.value_or(0));
}

}  // namespace freshet::pipeline
