
#include "pipeline/ledger/sqlite_ledger.h"

namespace freshet::pipeline {

Result<Done> SqliteLedger::store_derived(std::span<const DerivedDocument> documents) {
  if (documents.empty()) return Done{};
  FRESHET_TRY(auto transaction, database_->begin_writing());
  for (const DerivedDocument& derived : documents) FRESHET_CHECK(store_derived_document(derived));
  return transaction.commit();
}

Result<Done> SqliteLedger::store_derived_document(const DerivedDocument& derived) {
  FRESHET_TRY(const auto key,
              database_->integer("SELECT key FROM documents WHERE id = ? AND state = 0",
                                 derived.document_id));
  if (!key)
    return Done{};  // Deleted or taken down since the publisher read it: nothing may be kept.
  FRESHET_CHECK(database_->run("DELETE FROM passages WHERE document = ?", *key));
  FRESHET_CHECK(database_->run("DELETE FROM links WHERE document = ?", *key));
  FRESHET_CHECK(database_->run("DELETE FROM anchors WHERE document = ?", *key));
  FRESHET_CHECK(
      database_->run("UPDATE documents SET shown_title = ?, shown_language = ?, shown_owner = ? "
                     "WHERE key = ?",
                     derived.title, derived.language, derived.owner, *key));
  for (const PassageRecord& passage : derived.passages) {
    FRESHET_CHECK(database_->run(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *key,
        std::uint64_t{passage.ordinal}, passage.text_hash, passage.heading_path,
        std::uint64_t{passage.range.byte_begin}, std::uint64_t{passage.range.byte_end},
        std::uint64_t{passage.range.line_first}, std::uint64_t{passage.range.line_last}));
  }
  std::uint64_t number = 0;
  for (const LinkRecord& link : derived.links) {
    FRESHET_CHECK(database_->run("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)", *key, number++,
                                 link.target, link.text, link.quote, std::uint64_t{link.line},
                                 link.kind));
  }
  for (const std::string& anchor : derived.anchors) {
    FRESHET_CHECK(database_->run("INSERT OR IGNORE INTO anchors VALUES (?, ?)", *key, anchor));
  }
  return Done{};
}

Result<std::vector<PassageRecord>> SqliteLedger::passages(std::string_view document_id) const {
  FRESHET_TRY(
      auto rows,
      database_->prepare("SELECT p.ordinal, p.text_hash, p.heading_path, p.byte_begin, p.byte_end, "
                         "p.line_first, p.line_last FROM passages p JOIN documents d "
                         "ON d.key = p.document WHERE d.id = ? ORDER BY p.ordinal"));
  rows.bind(document_id);
  std::vector<PassageRecord> passages;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return passages;
    const index::SourceRange range{rows.unsigned_integer(3), rows.unsigned_integer(4),
                                   rows.unsigned_integer(5), rows.unsigned_integer(6)};
    passages.push_back({rows.unsigned_integer(0), rows.text(1), rows.text(2), range});
  }
}

Result<std::uint64_t> SqliteLedger::count_without_passages(std::string_view source) const {
  const IdRange ids = ids_of(source);
  // Publishing gives every document a title to show.
  FRESHET_TRY(const auto count,
              database_->integer("SELECT count(*) FROM documents d WHERE d.id > ? AND d.id < ? AND "
                                 "d.state = 0 AND d.shown_title != '' AND NOT EXISTS "
                                 "(SELECT 1 FROM passages p WHERE p.document = d.key)",
                                 ids.first, ids.last));
  return static_cast<std::uint64_t>(count.value_or(0));
}

Result<std::vector<LinkRecord>> SqliteLedger::links(std::string_view source) const {
  const IdRange ids = ids_of(source);
  FRESHET_TRY(auto rows,
              database_->prepare("SELECT d.id, d.path, l.target, l.text, l.quote, l.line, l.kind "
                                 "FROM documents d JOIN links l ON l.document = d.key "
                                 "WHERE d.id > ? AND d.id < ? AND d.state = 0 "
                                 "ORDER BY d.id, l.line, l.number"));
  rows.bind(ids.first, ids.last);
  std::vector<LinkRecord> links;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return links;
    links.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                     rows.unsigned_integer(5), rows.text(6)});
  }
}

Result<std::vector<AnchorRecord>> SqliteLedger::anchors(std::string_view source) const {
  const IdRange ids = ids_of(source);
  FRESHET_TRY(auto rows, database_->prepare("SELECT d.id, a.anchor FROM documents d JOIN anchors a "
                                            "ON a.document = d.key WHERE d.id > ? AND d.id < ? "
                                            "AND d.state = 0 ORDER BY d.id, a.anchor"));
  rows.bind(ids.first, ids.last);
  std::vector<AnchorRecord> anchors;
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) return anchors;
    anchors.push_back({rows.text(0), rows.text(1)});
  }
}

Result<std::vector<std::optional<std::vector<float>>>> SqliteLedger::cached_vectors(
    std::string_view encoder_id, std::span<const std::string> text_hashes) const {
  return vectors_.find(encoder_id, text_hashes);
}

Result<Done> SqliteLedger::cache_vectors(std::string_view encoder_id,
                                         std::span<const std::string> text_hashes,
                                         std::span<const std::vector<float>> vectors) {
  return vectors_.add(encoder_id, text_hashes, vectors);
}

Result<std::uint64_t> SqliteLedger::prune_vectors(std::string_view encoder_id) {
  return vectors_.prune(encoder_id, database_->file());
}

}  // namespace freshet::pipeline
