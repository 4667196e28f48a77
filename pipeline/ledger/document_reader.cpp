#include <utility>

#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

constexpr std::size_t kPageWithBodies = 16;
constexpr std::size_t kPageWithoutBodies = 512;

std::string select(std::string_view conditions) {
  return "SELECT " + std::string(kDocumentColumns) + " FROM documents d " + std::string(conditions);
}

}  // namespace

Result<std::vector<DocumentRecord>> SqliteLedger::read_all(Statement& rows, Bodies bodies) const {
  std::vector<DocumentRecord> records;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return records;
    FRESHET_TRY(auto record, read_document(*database_, rows));
    FRESHET_CHECK(complete_document(*database_, record, bodies));
    records.push_back(std::move(record));
  }
}

Result<std::uint64_t> SqliteLedger::last_sequence() const {
  FRESHET_TRY(const auto value,
              database_->integer("SELECT value FROM counters WHERE name = 'sequence'"));
  if (!value) return database_->damaged("its sequence counter is missing");
  return static_cast<std::uint64_t>(*value);
}

Result<std::uint64_t> SqliteLedger::count_changes_after(std::uint64_t sequence) const {
  FRESHET_TRY(const auto count,
              database_->integer("SELECT count(*) FROM documents WHERE sequence > ?", sequence));
  return static_cast<std::uint64_t>(count.value_or(0));
}

Result<std::vector<DocumentRecord>> SqliteLedger::changes_after(std::uint64_t sequence,
                                                                std::size_t limit) const {
  FRESHET_TRY(auto rows,
              database_->prepare(select("WHERE d.sequence > ? ORDER BY d.sequence LIMIT ?")));
  rows.bind(sequence, std::uint64_t{limit});
  return read_all(rows, Bodies::Yes);
}

Result<std::vector<MoveRecord>> SqliteLedger::moves_after(std::uint64_t sequence) const {
  FRESHET_TRY(auto rows,
              database_->prepare("SELECT f.id, coalesce(o.sequence, 0), d.id, d.sequence "
                                 "FROM former_ids f JOIN documents d ON d.key = f.document "
                                 "LEFT JOIN documents o ON o.id = f.id "
                                 "WHERE f.sequence > ? ORDER BY f.sequence, f.id"));
  rows.bind(sequence);
  std::vector<MoveRecord> moves;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return moves;
    moves.push_back(
        {rows.text(0), rows.unsigned_integer(1), rows.text(2), rows.unsigned_integer(3)});
  }
}

Result<std::optional<DocumentRecord>> SqliteLedger::document(std::string_view id) const {
  FRESHET_TRY(auto exact, database_->prepare(select("WHERE d.id = ? AND d.state != ?")));
  exact.bind(id, static_cast<int>(DocumentState::MovedAway));
  FRESHET_TRY(auto records, read_all(exact, Bodies::Yes));
  if (records.empty()) {
    FRESHET_TRY(auto former,
                database_->prepare(select("JOIN former_ids f ON f.document = d.key WHERE "
                                          "f.id = ? ORDER BY f.sequence DESC LIMIT 1")));
    former.bind(id);
    FRESHET_TRY(records, read_all(former, Bodies::Yes));
  }
  return records.empty() ? std::nullopt : std::optional(std::move(records.front()));
}

Result<Done> SqliteLedger::for_each_document(
    std::string_view source, Bodies bodies,
    const std::function<Result<Done>(const DocumentRecord&)>& visit) const {
  // Page by page: a slow visitor must not keep a writer waiting.
  const std::size_t page = bodies == Bodies::Yes ? kPageWithBodies : kPageWithoutBodies;
  // Every id is greater than "" and less than the last character there is.
  IdRange ids = source.empty() ? IdRange{"", "\x7f"} : ids_of(source);
  for (;;) {
    FRESHET_TRY(auto rows, database_->prepare(select("WHERE d.id > ? AND d.id < ? AND d.state = 0 "
                                                     "ORDER BY d.id LIMIT ?")));
    rows.bind(ids.first, ids.last, std::uint64_t{page});
    FRESHET_TRY(const auto records, read_all(rows, bodies));
    for (const DocumentRecord& record : records) FRESHET_CHECK(visit(record));
    if (records.size() < page) return Done{};
    ids.first = records.back().id;
  }
}

Result<std::vector<std::string>> SqliteLedger::sources() const {
  FRESHET_TRY(auto rows, database_->prepare("SELECT name FROM sources ORDER BY name"));
  std::vector<std::string> names;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return names;
    names.push_back(rows.text(0));
  }
}

Result<std::vector<Tombstone>> SqliteLedger::tombstones(std::string_view source) const {
  const IdRange ids = ids_of(source);
  FRESHET_TRY(auto rows,
              database_->prepare("SELECT id, path, evidence, happened_at, changed_at FROM "
                                 "documents WHERE id > ? AND id < ? AND state != 0 ORDER BY id"));
  rows.bind(ids.first, ids.last);
  std::vector<Tombstone> tombstones;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return tombstones;
    tombstones.push_back(
        {rows.text(0), rows.text(1), rows.text(2), rows.optional_instant(3), rows.instant(4)});
  }
}

Result<std::vector<sources::Departure>> SqliteLedger::departures(std::string_view source) const {
  FRESHET_TRY(auto rows,
              database_->prepare("SELECT path, moved_to, revision, happened_at, author FROM "
                                 "departures WHERE source = ? ORDER BY path"));
  rows.bind(source);
  std::vector<sources::Departure> departures;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return departures;
    auto moved_to = rows.is_null(1) ? std::nullopt : std::optional(rows.text(1));
    departures.push_back(
        {rows.text(0), std::move(moved_to), rows.text(2), rows.instant(3), rows.text(4)});
  }
}

}  // namespace freshet::pipeline
