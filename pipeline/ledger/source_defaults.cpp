#include <vector>

#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

namespace {

/// Live documents whose shown owner or language may come from the settings, or now would.
Result<std::vector<std::int64_t>> dependents(Database& database, std::string_view source,
                                             const SourceDefaults& before,
                                             const SourceDefaults& now) {
  const IdRange ids = ids_of(source);
  FRESHET_TRY(auto rows,
              database.prepare("SELECT key FROM documents WHERE id > ? AND id < ? AND state = 0 "
                               "AND ((? AND shown_owner = ?) "
                               "OR (? AND (? = '' OR shown_language != ?))) ORDER BY sequence"));
  rows.bind(ids.first, ids.last, int{before.owner != now.owner}, before.owner,
            int{before.language != now.language}, now.language, now.language);
  std::vector<std::int64_t> keys;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return keys;
    keys.push_back(rows.integer(0));
  }
}

Result<std::optional<SourceDefaults>> remembered(Database& database, std::string_view source) {
  FRESHET_TRY(auto row,
              database.prepare("SELECT owner, language FROM source_defaults WHERE source = ?"));
  FRESHET_TRY(const bool found, row.bind(source).step());
  return found ? std::optional(SourceDefaults{row.text(0), row.text(1)}) : std::nullopt;
}

}  // namespace

Result<Done> SqliteLedger::take_defaults(std::string_view source, const SourceDefaults& defaults) {
  FRESHET_TRY(const auto before, remembered(*database_, source));
  if (before && before->owner == defaults.owner && before->language == defaults.language)
    return Done{};
  FRESHET_TRY(auto transaction, database_->begin_writing());
  if (before) {
    FRESHET_TRY(const auto keys, dependents(*database_, source, *before, defaults));
    for (const std::int64_t key : keys) {
      FRESHET_TRY(const std::uint64_t sequence, next_sequence(*database_));
      FRESHET_CHECK(
          database_->run("UPDATE documents SET sequence = ? WHERE key = ?", sequence, key));
    }
  }
  FRESHET_CHECK(database_->run("INSERT OR REPLACE INTO source_defaults VALUES (?, ?, ?)", source,
                               defaults.owner, defaults.language));
  return transaction.commit();
}

}  // namespace freshet::pipeline
