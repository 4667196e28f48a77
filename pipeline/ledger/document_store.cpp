#include <utility>

#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

class KnownInLedger final : public sources::KnownDocuments {
 public:
  KnownInLedger(Database& database, std::string source)
      : database_(&database), source_(std::move(source)) {}

  Result<std::optional<std::string>> version_of(std::string_view external_id) const override {
    FRESHET_TRY(auto row,
                database_->prepare("SELECT version FROM documents WHERE id = ? AND state = 0"));
    FRESHET_TRY(const bool found, row.bind(document_id(source_, external_id)).step());
    return found ? std::optional(row.text(0)) : std::nullopt;
  }

  Result<std::vector<sources::KnownDocument>> after(std::string_view after,
                                                    std::size_t limit) const override {
    FRESHET_TRY(auto rows,
                database_->prepare("SELECT id, version FROM documents WHERE id > ? AND id < ? "
                                   "AND state = 0 ORDER BY id LIMIT ?"));
    rows.bind(document_id(source_, after), ids_of(source_).last, std::uint64_t{limit});
    std::vector<sources::KnownDocument> known;
    for (;;) {
      FRESHET_TRY(const bool more, rows.step());
      if (!more) return known;
      known.push_back({std::string(rows.bytes(0).substr(source_.size() + 1)), rows.text(1)});
    }
  }

 private:
  Database* database_;
  std::string source_;
};

}  // namespace

Result<std::string> SqliteLedger::cursor(std::string_view source) const {
  FRESHET_TRY(auto row, database_->prepare("SELECT cursor FROM sources WHERE name = ?"));
  FRESHET_TRY(const bool found, row.bind(source).step());
  return found ? row.text(0) : std::string();
}

Result<StoreReport> SqliteLedger::store(std::string_view source, const sources::Batch& batch) {
  FRESHET_TRY(const std::string old_cursor, cursor(source));
  BatchStore batch_store(*database_, source, clock_->now());
  FRESHET_CHECK(batch_store.prepare(batch));
  StoreReport report;
  FRESHET_TRY(const bool changes, batch_store.would_write(batch, report));
  if (changes || old_cursor != batch.next_cursor) {
    FRESHET_TRY(auto transaction, database_->begin_writing());
    FRESHET_CHECK(batch_store.prepare(batch));
    FRESHET_TRY(report, batch_store.apply(batch));
    FRESHET_CHECK(
        database_->run("INSERT INTO sources VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
                       "SET cursor = excluded.cursor",
                       source, batch.next_cursor));
    FRESHET_CHECK(transaction.commit());
  }
  FRESHET_TRY(report.last_sequence, last_sequence());
  return report;
}

std::unique_ptr<sources::KnownDocuments> SqliteLedger::known(std::string_view source) const {
  return std::make_unique<KnownInLedger>(*database_, std::string(source));
}

Result<std::uint64_t> SqliteLedger::live_count(std::string_view source) const {
  const IdRange ids = ids_of(source);
  FRESHET_TRY(
      const auto count,
      database_->integer("SELECT count(*) FROM documents WHERE id > ? AND id < ? AND state = 0",
                         ids.first, ids.last));
  return static_cast<std::uint64_t>(count.value_or(0));
}

Result<std::uint64_t> SqliteLedger::forget(std::string_view id, std::string_view reason) {
  FRESHET_CHECK(database_->execute("PRAGMA secure_delete=ON"));
  // Everything is read inside: a sync in another process may be moving or changing the document.
  FRESHET_TRY(auto transaction, database_->begin_writing());
  FRESHET_TRY(const auto record, document(id));
  if (!record) {
    return Error{ErrorKind::NotFound, "there is no document " + std::string(id) +
                                          ": `freshet export` lists the ids there are"};
  }
  FRESHET_TRY(const auto known,
              database_->integer("SELECT 1 FROM takedowns WHERE id = ?", record->id));
  if (known) return record->sequence;
  std::vector<std::string> hashes;
  FRESHET_TRY(const auto passages_now, passages(record->id));
  for (const PassageRecord& passage : passages_now) hashes.push_back(passage.text_hash);
  // The vectors first: killed in between, a second call still finds the passages that name them.
  FRESHET_CHECK(vectors_.erase(hashes));
  FRESHET_TRY(const std::uint64_t sequence, erase_taken_down(*record, reason));
  FRESHET_CHECK(transaction.commit());
  // The log still holds the erased pages until it is emptied.
  database_->fold_log();
  return sequence;
}

Result<std::uint64_t> SqliteLedger::erase_taken_down(const DocumentRecord& record,
                                                     std::string_view reason) {
  const Instant now = clock_->now();
  FRESHET_CHECK(database_->run("INSERT INTO takedowns VALUES (?, ?, ?, ?)", record.id,
                               record.content_hash, reason, now));
  FRESHET_TRY(const auto key,
              database_->integer("SELECT key FROM documents WHERE id = ?", record.id));
  FRESHET_TRY(const std::uint64_t sequence, next_sequence(*database_));
  FRESHET_CHECK(database_->run(
      "UPDATE documents SET state = ?, sequence = ?, evidence = 'taken down', happened_at = NULL, "
      "changed_at = ?, version = '', title = '', url = '', owner = '', attributes = '{}', "
      "shown_title = '', "
      "shown_owner = '' WHERE id = ?",
      static_cast<int>(DocumentState::TakenDown), sequence, now, record.id));
  FRESHET_CHECK(erase_content(*database_, key.value_or(0)));
  return sequence;
}

Result<std::vector<Takedown>> SqliteLedger::takedowns() const {
  FRESHET_TRY(auto rows, database_->prepare("SELECT id, reason, at FROM takedowns ORDER BY id"));
  std::vector<Takedown> takedowns;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return takedowns;
    takedowns.push_back({rows.text(0), rows.text(1), rows.instant(2)});
  }
}

}  // namespace freshet::pipeline
