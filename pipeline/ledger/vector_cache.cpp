#include "pipeline/ledger/vector_cache.h"

#include <array>
#include <utility>

#include "pipeline/ledger/half.h"
#include "pipeline/ledger/schema.h"

namespace freshet::pipeline {

namespace {

constexpr int kPageBytes = 16384;  // A row of 384 to 1,536 numbers stays on its page.

constexpr std::string_view kVectors = R"sql(
CREATE TABLE encoders (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE vectors (
  encoder INTEGER NOT NULL REFERENCES encoders (key),
  text_hash TEXT NOT NULL,
  halves BLOB NOT NULL,
  PRIMARY KEY (encoder, text_hash)
) WITHOUT ROWID;
)sql";

constexpr std::array kSteps{kVectors};
constexpr Schema kSchema{0x46525643, kSteps};  // "FRVC"

/// What a new file cures. A full disk, a lock or missing rights it does not.
bool is_unusable(const Error& error) {
  return error.kind == ErrorKind::Corrupt || error.kind == ErrorKind::Invalid ||
         error.kind == ErrorKind::Internal;
}

}  // namespace

template <typename Action>
auto VectorCache::on_sound_file(Action action) -> decltype(action()) {
  auto result = action();
  if (result || !is_unusable(result.error()) || access_ == DatabaseOptions::Access::ReadOnly) {
    return result;
  }
  discard();
  return action();
}

void VectorCache::discard() {
  database_.reset();
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    std::filesystem::remove(file_.string() + suffix, ignored);
  }
}

Result<Database*> VectorCache::database() {
  if (!database_) FRESHET_CHECK(open());
  return database_.get();
}

Result<Done> VectorCache::open() {
  FRESHET_TRY(auto database, Database::open({file_, "delete it, it is only a cache", access_,
                                             kPageBytes, Durability::Cache}));
  FRESHET_CHECK(bring_up_to_date(*database, kSchema, access_));
  database_ = std::move(database);
  return Done{};
}

Result<std::optional<std::int64_t>> VectorCache::encoder_key(std::string_view encoder_id) {
  return database_->integer("SELECT key FROM encoders WHERE id = ?", encoder_id);
}

Result<VectorCache::Found> VectorCache::find(std::string_view encoder_id,
                                             std::span<const std::string> text_hashes) {
  std::error_code ignored;
  if (!database_ && !std::filesystem::exists(file_, ignored)) return Found(text_hashes.size());
  auto found = on_sound_file([&] { return find_now(encoder_id, text_hashes); });
  const bool unusable = !found && is_unusable(found.error());
  return unusable ? Found(text_hashes.size()) : std::move(found);
}

Result<VectorCache::Found> VectorCache::find_now(std::string_view encoder_id,
                                                 std::span<const std::string> text_hashes) {
  Found found(text_hashes.size());
  FRESHET_TRY(Database * database, this->database());
  FRESHET_TRY(const auto encoder, encoder_key(encoder_id));
  if (!encoder) return found;
  FRESHET_TRY(auto row,
              database->prepare("SELECT halves FROM vectors WHERE encoder = ? AND text_hash = ?"));
  for (std::size_t at = 0; at < text_hashes.size(); ++at) {
    FRESHET_TRY(const bool known, row.bind(*encoder, text_hashes[at]).step());
    if (known) found[at] = unpack_halves(row.bytes(0));
  }
  return found;
}

Result<Done> VectorCache::add(std::string_view encoder_id, std::span<const std::string> text_hashes,
                              std::span<const std::vector<float>> vectors) {
  if (text_hashes.size() != vectors.size()) {
    return Error{ErrorKind::Internal, "cannot cache vectors: as many hashes as vectors are needed"};
  }
  if (text_hashes.empty()) return Done{};
  return on_sound_file([&] { return add_now(encoder_id, text_hashes, vectors); });
}

Result<Done> VectorCache::add_now(std::string_view encoder_id,
                                  std::span<const std::string> text_hashes,
                                  std::span<const std::vector<float>> vectors) {
  FRESHET_TRY(Database * database, this->database());
  FRESHET_TRY(auto transaction, database->begin_writing());
  FRESHET_CHECK(database->run("INSERT OR IGNORE INTO encoders (id) VALUES (?)", encoder_id));
  FRESHET_TRY(const auto encoder, encoder_key(encoder_id));
  FRESHET_TRY(auto insert, database->prepare("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)"));
  for (std::size_t at = 0; at < vectors.size(); ++at) {
    FRESHET_CHECK(
        insert.bind(encoder.value_or(0), text_hashes[at], Blob{pack_halves(vectors[at])}).run());
  }
  return transaction.commit();
}

Result<Done> VectorCache::erase(std::span<const std::string> text_hashes) {
  std::error_code ignored;
  if (text_hashes.empty() || !std::filesystem::exists(file_, ignored)) return Done{};
  return on_sound_file([&]() -> Result<Done> {
    FRESHET_TRY(Database * database, this->database());
    FRESHET_CHECK(database->execute("PRAGMA secure_delete=ON"));
    FRESHET_TRY(auto transaction, database->begin_writing());
    for (const std::string& hash : text_hashes) {
      FRESHET_CHECK(
          database->run("DELETE FROM vectors WHERE text_hash = ? "
                        "AND encoder IN (SELECT key FROM encoders)",
                        hash));
    }
    FRESHET_CHECK(transaction.commit());
    database->fold_log();
    return Done{};
  });
}

Result<std::uint64_t> VectorCache::prune(std::string_view encoder_id,
                                         const std::filesystem::path& ledger_file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file_, ignored)) return std::uint64_t{0};
  return on_sound_file([&]() -> Result<std::uint64_t> {
    FRESHET_TRY(Database * database, this->database());
    // Copied first: a transaction would lock every attached file.
    FRESHET_CHECK(
        database->execute("DROP TABLE IF EXISTS temp.live; "
                          "CREATE TEMP TABLE live (text_hash TEXT PRIMARY KEY) WITHOUT ROWID"));
    FRESHET_CHECK(database->run("ATTACH ? AS ledger", ledger_file.string()));
    auto copied =
        database->run("INSERT INTO temp.live SELECT DISTINCT text_hash FROM ledger.passages");
    FRESHET_CHECK(database->execute("DETACH ledger"));
    FRESHET_CHECK(copied);
    return prune_now(encoder_id);
  });
}

Result<std::uint64_t> VectorCache::prune_now(std::string_view encoder_id) {
  constexpr std::string_view kDead =
      " FROM vectors WHERE encoder NOT IN (SELECT key FROM encoders WHERE id = ?) "
      "OR text_hash NOT IN (SELECT text_hash FROM temp.live)";
  FRESHET_TRY(const auto dead,
              database_->integer("SELECT count(*)" + std::string(kDead), encoder_id));
  if (dead.value_or(0) == 0) return std::uint64_t{0};
  FRESHET_CHECK(database_->execute("PRAGMA secure_delete=ON"));
  FRESHET_TRY(auto transaction, database_->begin_writing());
  FRESHET_CHECK(database_->run("DELETE" + std::string(kDead), encoder_id));
  FRESHET_CHECK(database_->run("DELETE FROM encoders WHERE id != ?", encoder_id));
  FRESHET_CHECK(transaction.commit());
  return static_cast<std::uint64_t>(*dead);
}

}  // namespace freshet::pipeline
