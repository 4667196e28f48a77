#include "pipeline/ledger/schema.h"

#include <array>
#include <string>

namespace freshet::pipeline {

namespace {

constexpr std::int64_t kLedgerApplicationId = 0x46524c47;  // "FRLG"

// `documents` holds live documents and tombstones alike: state 0 live, 1 deleted, 2 moved away, 3
// taken down. `id` is "source:external id". Times are microseconds since 1970 UTC.
constexpr std::string_view kDocuments = R"sql(
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO counters VALUES ('sequence', 0), ('ledger', random() >> 1 & 0x3fffffffffffffff);
CREATE TABLE sources (name TEXT PRIMARY KEY, cursor TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  state INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  version TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  fields_hash TEXT NOT NULL,
  path TEXT NOT NULL,
  media_type TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  revision TEXT NOT NULL,
  updated_at INTEGER,
  owner TEXT NOT NULL,
  attributes TEXT NOT NULL,
  evidence TEXT NOT NULL,
  happened_at INTEGER,
  first_seen_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  shown_title TEXT NOT NULL,
  shown_language TEXT NOT NULL,
  shown_owner TEXT NOT NULL
);
CREATE INDEX documents_by_sequence ON documents (sequence);
CREATE TABLE bodies (
  document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
  zstd BLOB NOT NULL
);
CREATE TABLE former_ids (
  id TEXT NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (id, document)
) WITHOUT ROWID;
CREATE INDEX former_ids_by_document ON former_ids (document);
CREATE TABLE departures (
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  moved_to TEXT,
  revision TEXT NOT NULL,
  happened_at INTEGER NOT NULL,
  author TEXT NOT NULL,
  PRIMARY KEY (source, path)
) WITHOUT ROWID;
CREATE TABLE takedowns (
  id TEXT PRIMARY KEY,
  content_hash TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE passages (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  text_hash TEXT NOT NULL,
  heading_path TEXT NOT NULL,
  byte_begin INTEGER NOT NULL,
  byte_end INTEGER NOT NULL,
  line_first INTEGER NOT NULL,
  line_last INTEGER NOT NULL,
  PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE TABLE links (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  target TEXT NOT NULL,
  text TEXT NOT NULL,
  quote TEXT NOT NULL,
  line INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE anchors (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  anchor TEXT NOT NULL,
  PRIMARY KEY (document, anchor)
) WITHOUT ROWID;
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job TEXT NOT NULL,
  source TEXT NOT NULL,
  status INTEGER NOT NULL,
  message TEXT NOT NULL,
  counts TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER
);
CREATE TABLE run_errors (
  run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (run, number)
) WITHOUT ROWID;
CREATE TABLE generations (
  number INTEGER PRIMARY KEY,
  sequence INTEGER NOT NULL,
  published_at INTEGER NOT NULL
);
)sql";

// What each source's documents were last published with.
constexpr std::string_view kSourceDefaults = R"sql(
CREATE TABLE source_defaults (
  source TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  language TEXT NOT NULL
) WITHOUT ROWID;
)sql";

// The edges that documents name, in their source's order.
constexpr std::string_view kRelations = R"sql(
CREATE TABLE relations (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  type TEXT NOT NULL,
  kind TEXT NOT NULL,
  far_id TEXT NOT NULL,
  PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE INDEX relations_by_far_id ON relations (far_id);
)sql";

constexpr std::array kLedgerSteps{kDocuments, kSourceDefaults, kRelations};

Result<std::int64_t> pragma(Database& database, std::string_view name) {
  FRESHET_TRY(const auto value, database.integer("PRAGMA " + std::string(name)));
  return value.value_or(0);
}

Error newer(const Database& database, std::int64_t theirs, std::int64_t ours) {
  return {ErrorKind::Invalid, database.file().string() + " has schema version " +
                                  std::to_string(theirs) + ", this program knows versions up to " +
                                  std::to_string(ours) + ": use the newer freshet that wrote it"};
}

Result<Done> take_steps(Database& database, const Schema& schema, std::size_t from) {
  FRESHET_TRY(auto transaction, database.begin_writing());
  for (const std::string_view step : schema.steps.subspan(from)) {
    FRESHET_CHECK(database.execute(std::string(step)));
  }
  FRESHET_CHECK(database.execute("PRAGMA application_id=" + std::to_string(schema.application_id) +
                                 "; PRAGMA user_version=" + std::to_string(schema.steps.size())));
  return transaction.commit();
}

}  // namespace

const Schema& ledger_schema() {
  static constexpr Schema kSchema{kLedgerApplicationId, kLedgerSteps};
  return kSchema;
}

Result<Done> bring_up_to_date(Database& database, const Schema& schema,
                              DatabaseOptions::Access access) {
  FRESHET_TRY(const auto counted, database.integer("SELECT count(*) FROM sqlite_master"));
  const std::int64_t tables = counted.value_or(0);
  FRESHET_TRY(const std::int64_t owner, pragma(database, "application_id"));
  FRESHET_TRY(const std::int64_t version, pragma(database, "user_version"));
  const auto newest = static_cast<std::int64_t>(schema.steps.size());
  const bool empty = tables == 0 && owner == 0 && version == 0;
  if (!empty && owner != schema.application_id) {
    return database.damaged("it is a SQLite file of another program");
  }
  if (version > newest) return newer(database, version, newest);
  if (!empty && (version < 1 || tables == 0)) return database.damaged("its tables are missing");
  if (version == newest) return Done{};
  if (access == DatabaseOptions::Access::ReadOnly) {
    return Error{empty ? ErrorKind::NotFound : ErrorKind::Invalid,
                 database.file().string() + (empty ? " is empty" : " has an older schema") +
                     ": run `freshet sync` once"};
  }
  auto stepped = take_steps(database, schema, static_cast<std::size_t>(version));
  if (!stepped) return while_doing("bring the schema up to date", std::move(stepped).error());
  return stepped;
}

}  // namespace freshet::pipeline
