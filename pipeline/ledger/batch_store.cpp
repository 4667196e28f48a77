#include "pipeline/ledger/batch_store.h"

#include <utility>

#include "base/hash.h"
#include "pipeline/ledger/body.h"
#include "pipeline/ledger/principals.h"

namespace freshet::pipeline {

using sources::Batch;
using sources::Change;
using sources::ChangeKind;

// --- judging
// --------------------------------------------------------------------------------------

Result<Done> BatchStore::prepare(const Batch& batch) {
  takedowns_.clear();
  taken_down_contents_.clear();
  upserted_.clear();
  FRESHET_TRY(auto rows, database_.prepare("SELECT id, reason, content_hash FROM takedowns"));
  for (;;) {
    FRESHET_TRY(const bool more, rows.step());
    if (!more) break;
    takedowns_.emplace(rows.text(0), rows.text(1));
    taken_down_contents_.insert(rows.text(2));
  }
  // Without bytes there is nothing to recognise a forgotten text by.
  taken_down_contents_.erase(to_hex(hash128("")));
  for (const Change& change : batch.changes) {
    if (change.kind == ChangeKind::Upsert) upserted_.insert(change.external_id);
  }
  return Done{};
}

Result<std::optional<BatchStore::Row>> BatchStore::find(const std::string& id) {
  FRESHET_TRY(auto row,
              database_.prepare("SELECT key, state, version, content_hash, fields_hash, revision, "
                                "attributes, path FROM documents WHERE id = ?"));
  FRESHET_TRY(const bool found, row.bind(id).step());
  if (!found) return std::optional<Row>();
  return std::optional(Row{row.integer(0), static_cast<DocumentState>(row.integer(1)), row.text(2),
                           row.text(3), row.text(4), row.text(5), row.text(6), row.text(7)});
}

Result<BatchStore::Judged> BatchStore::judge(const Change& change) {
  Judged judged;
  judged.id = document_id(source_, change.external_id);
  FRESHET_TRY(judged.row, find(judged.id));
  if (change.kind == ChangeKind::Unknown) {
    FRESHET_TRY(const auto document, narrowed(change));
    judged.effect = document ? Effect::Narrow : Effect::Unknown;
    return judged;
  }
  if (change.kind == ChangeKind::Delete) {
    if (judged.row && judged.row->live()) judged.effect = Effect::Delete;
    return judged;
  }
  judged.content_hash = to_hex(hash128(change.document.body));
  if (change.moved_from && *change.moved_from != change.external_id) {
    FRESHET_TRY(judged.moved_row, find(document_id(source_, *change.moved_from)));
    if (judged.moved_row && !judged.moved_row->live()) judged.moved_row.reset();
  }
  FRESHET_TRY(judged.effect, judge_upsert(change, judged));
  return judged;
}

Result<BatchStore::Effect> BatchStore::judge_upsert(const Change& change, const Judged& judged) {
  if (is_withheld(change, judged)) {
    // An edit since is noted, so that the edited bytes stay out under another name too.
    const bool settled = takedowns_.contains(judged.id) &&
                         taken_down_contents_.contains(judged.content_hash) &&
                         !(judged.row && judged.row->live()) && !judged.moved_row;
    return settled ? Effect::Withheld : Effect::Withhold;
  }
  if (judged.moved_row) {
    FRESHET_TRY(const bool done, move_is_done(change, judged));
    if (!done) return Effect::Move;
  }
  return compare(change.document, judged);
}

Result<BatchStore::Effect> BatchStore::compare(const sources::Document& document,
                                               const Judged& judged) {
  if (!judged.row || !judged.row->live()) return Effect::Add;
  const Row& row = *judged.row;
  if (row.content_hash != judged.content_hash || row.fields_hash != fields_hash(document)) {
    return Effect::Update;
  }
  const bool same = row.version == document.version &&
                    row.revision == document.provenance.revision &&
                    row.attributes == attributes_of(document);
  if (!same) return Effect::Quiet;
  FRESHET_TRY(const auto relations, read_relations(database_, judged.id));
  return relations == document.relations ? Effect::Unchanged : Effect::Quiet;
}

/// A swap that is applied a second time finds live documents at both ids: then the move is over
/// when its target is what the batch wants, came from there before, and the batch itself refills
/// the old id.
Result<bool> BatchStore::move_is_done(const Change& change, const Judged& judged) {
  if (!upserted_.contains(*change.moved_from)) return false;
  FRESHET_TRY(const Effect effect, compare(change.document, judged));
  if (effect != Effect::Unchanged) return false;
  FRESHET_TRY(const auto former,
              database_.integer("SELECT 1 FROM former_ids WHERE id = ? AND document = ?",
                                document_id(source_, *change.moved_from), judged.row->key));
  return former.has_value();
}

/// Under takedown by id, by the id it moved from, or, for a document that is new here, by its very
/// bytes (a connector that cannot see a forgotten document cannot report that it moved).
bool BatchStore::is_withheld(const Change& change, const Judged& judged) const {
  if (takedowns_.contains(judged.id)) return true;
  if (change.moved_from && takedowns_.contains(document_id(source_, *change.moved_from)))
    return true;
  const bool is_new = !(judged.row && judged.row->live()) && !judged.moved_row;
  return is_new && taken_down_contents_.contains(judged.content_hash);
}

Result<bool> BatchStore::would_write(const Batch& batch, StoreReport& report) {
  for (const Change& change : batch.changes) {
    FRESHET_TRY(const Judged judged, judge(change));
    const Effect effect = judged.effect;
    count(effect, report);
    if (effect != Effect::None && effect != Effect::Unchanged && effect != Effect::Unknown &&
        effect != Effect::Withheld) {
      return true;
    }
  }
  return history_differs(batch);
}

void BatchStore::count(Effect effect, StoreReport& report) const {
  switch (effect) {
    case Effect::None:
      break;
    case Effect::Unchanged:
    case Effect::Quiet:
      ++report.unchanged;
      break;
    case Effect::Unknown:
    case Effect::Narrow:
      ++report.unknown;
      break;
    case Effect::Withheld:
    case Effect::Withhold:
      ++report.withheld;
      break;
    case Effect::Add:
      ++report.added;
      break;
    case Effect::Update:
      ++report.updated;
      break;
    case Effect::Move:
      ++report.moved;
      break;
    case Effect::Delete:
      ++report.deleted;
      break;
  }
}

// --- applying
// -------------------------------------------------------------------------------------

Result<StoreReport> BatchStore::apply(const Batch& batch) {
  StoreReport report;
  FRESHET_CHECK(detach_moving(batch));
  for (const Change& change : batch.changes) FRESHET_CHECK(apply_change(change, report));
  FRESHET_CHECK(leave_stubs());
  FRESHET_CHECK(store_history(batch));
  return report;
}

/// Gives every document that moves a place outside all sources, so that the order of moves is
/// irrelevant.
Result<Done> BatchStore::detach_moving(const Batch& batch) {
  std::vector<std::pair<std::string, std::int64_t>> moves;
  for (const Change& change : batch.changes) {
    if (change.kind != ChangeKind::Upsert || !change.moved_from) continue;
    FRESHET_TRY(const Judged judged, judge(change));
    if (judged.effect == Effect::Move) {
      moves.emplace_back(document_id(source_, *change.moved_from), judged.moved_row->key);
    }
  }
  for (const auto& [id, key] : moves) {
    moving_.emplace(id, key);
    FRESHET_CHECK(database_.run("UPDATE documents SET id = char(1) || key WHERE key = ?", key));
  }
  return Done{};
}

Result<Done> BatchStore::apply_change(const Change& change, StoreReport& report) {
  FRESHET_TRY(Judged judged, judge(change));
  if (change.kind == ChangeKind::Upsert && change.moved_from) {
    const auto moving = moving_.extract(document_id(source_, *change.moved_from));
    if (moving) {
      count(Effect::Move, report);
      return move(change, std::move(judged), moving.mapped());
    }
  }
  count(judged.effect, report);
  switch (judged.effect) {
    case Effect::Withhold:
      return withhold(change, judged);
    case Effect::Narrow:
      return narrow(change, judged.row->key);
    case Effect::Quiet:
      return note(change.document, judged.row->key);
    case Effect::Add:
    case Effect::Update:
    case Effect::Move:  // Its document was carried elsewhere by an earlier change of this batch.
      return upsert(change.document, judged);
    case Effect::Delete:
      return tombstone(*judged.row, DocumentState::Deleted, change);
    default:
      return Done{};
  }
}

/// What the index does not show.
Result<Done> BatchStore::note(const sources::Document& document, std::int64_t key) {
  FRESHET_CHECK(
      database_.run("UPDATE documents SET version = ?, revision = ?, attributes = ? WHERE key = ?",
                    document.version, document.provenance.revision, attributes_of(document), key));
  return write_relations(database_, key, document.relations);
}

Result<std::optional<sources::Document>> BatchStore::narrowed(const Change& change) {
  FRESHET_TRY(auto row, database_.prepare("SELECT " + std::string(kDocumentColumns) +
                                          " FROM documents d WHERE d.id = ? AND d.state = 0"));
  FRESHET_TRY(const bool found, row.bind(document_id(source_, change.external_id)).step());
  if (!found) return std::optional<sources::Document>();
  FRESHET_TRY(auto record, read_document(database_, row));
  const Principals before{record.document.allow, record.document.deny};
  auto now = narrowest(before, {change.document.allow, change.document.deny});
  if (now == before) return std::optional<sources::Document>();
  record.document.allow = std::move(now.allow);
  record.document.deny = std::move(now.deny);
  return std::optional(std::move(record.document));
}

/// The version stays: the text is still to be read.
Result<Done> BatchStore::narrow(const Change& change, std::int64_t key) {
  FRESHET_TRY(const auto document, narrowed(change));
  if (!document) return Done{};
  FRESHET_TRY(const std::uint64_t sequence, next_sequence(database_));
  return database_.run(
      "UPDATE documents SET sequence = ?, fields_hash = ?, attributes = ?, changed_at = ? "
      "WHERE key = ?",
      sequence, fields_hash(*document), attributes_of(*document), now_, key);
}

Result<Done> BatchStore::upsert(const sources::Document& document, const Judged& judged) {
  if (!judged.row) {
    FRESHET_TRY(
        const auto key,
        database_.integer("INSERT INTO documents VALUES (NULL, ?, ?, 0, 0, '', '', '', '', '', '', "
                          "'', '', NULL, '', '', '', NULL, ?, 0, '', '', '') RETURNING key",
                          judged.id, source_, now_));
    return write_row(document, judged, key.value_or(0));
  }
  if (judged.row->state == DocumentState::MovedAway) {
    // Another document begins here; only one that was deleted comes back with its history.
    FRESHET_CHECK(database_.run("UPDATE documents SET first_seen_at = ? WHERE key = ?", now_,
                                judged.row->key));
  }
  return write_row(document, judged, judged.row->key);
}

Result<Done> BatchStore::write_row(const sources::Document& document, const Judged& judged,
                                   std::int64_t key) {
  FRESHET_TRY(const std::uint64_t sequence, next_sequence(database_));
  FRESHET_CHECK(database_.run(
      "UPDATE documents SET id = ?, state = 0, sequence = ?, version = ?, content_hash = ?, "
      "fields_hash = ?, path = ?, media_type = ?, title = ?, url = ?, revision = ?, updated_at = "
      "?, "
      "owner = ?, attributes = ?, evidence = '', happened_at = NULL, changed_at = ? WHERE key = ?",
      judged.id, sequence, document.version, judged.content_hash, fields_hash(document),
      document.path, document.media_type, document.title, document.url,
      document.provenance.revision, document.provenance.updated_at, document.provenance.owner,
      attributes_of(document), now_, key));
  FRESHET_CHECK(write_relations(database_, key, document.relations));
  const bool same_body =
      judged.row && judged.row->live() && judged.row->content_hash == judged.content_hash;
  return same_body ? Result<Done>(Done{}) : write_body(key, document.body);
}

Result<Done> BatchStore::write_body(std::int64_t key, std::string_view body) {
  FRESHET_TRY(const std::string frame, compress_body(body));
  return database_.run(
      "INSERT INTO bodies VALUES (?, ?) ON CONFLICT (document) DO UPDATE "
      "SET zstd = excluded.zstd",
      key, Blob{frame});
}

Result<Done> BatchStore::move(const Change& change, Judged judged, std::int64_t key) {
  const std::string old_id = document_id(source_, *change.moved_from);
  if (judged.row)
    FRESHET_CHECK(database_.run("DELETE FROM documents WHERE key = ?", judged.row->key));
  FRESHET_TRY(judged.row, find('\1' + std::to_string(key)));
  if (!judged.row) return database_.damaged("a document vanished while it was moved");
  vacated_[*change.moved_from] = {judged.row->path, change.document.path};
  FRESHET_CHECK(write_row(change.document, judged, key));
  FRESHET_TRY(const auto last,
              database_.integer("SELECT sequence FROM documents WHERE key = ?", key));
  FRESHET_CHECK(
      database_.run("INSERT INTO former_ids VALUES (?, ?, ?) ON CONFLICT (id, document) "
                    "DO UPDATE SET sequence = excluded.sequence",
                    old_id, key, last.value_or(0)));
  return database_.run("DELETE FROM former_ids WHERE id = ? AND document = ?", judged.id, key);
}

/// The index still holds the old ids: where nothing lives now, a tombstone tells the next publish.
Result<Done> BatchStore::leave_stubs() {
  for (const auto& [external_id, paths] : vacated_) {
    const std::string id = document_id(source_, external_id);
    FRESHET_TRY(const auto row, find(id));
    if (row) continue;
    FRESHET_TRY(const std::uint64_t sequence, next_sequence(database_));
    FRESHET_CHECK(
        database_.run("INSERT INTO documents VALUES (NULL, ?, ?, ?, ?, '', '', '', ?, '', '', '', "
                      "'', NULL, '', '{}', ?, NULL, ?, ?, '', '', '')",
                      id, source_, static_cast<int>(DocumentState::MovedAway), sequence,
                      paths.old_path, "moved to " + paths.new_path, now_, now_));
  }
  return Done{};
}

Result<Done> BatchStore::tombstone(const Row& row, DocumentState state, const Change& change) {
  FRESHET_TRY(const std::uint64_t sequence, next_sequence(database_));
  FRESHET_CHECK(database_.run(
      "UPDATE documents SET state = ?, sequence = ?, evidence = ?, happened_at = ?, changed_at = ? "
      "WHERE key = ?",
      static_cast<int>(state), sequence, change.evidence, change.happened_at, now_, row.key));
  return erase_content(database_, row.key);
}

Result<Done> BatchStore::withhold(const Change& change, const Judged& judged) {
  std::string reason = "has the text of a document taken down";
  if (const auto known = takedowns_.find(judged.id); known != takedowns_.end())
    reason = known->second;
  if (change.moved_from) {
    const auto moved = takedowns_.find(document_id(source_, *change.moved_from));
    if (moved != takedowns_.end()) reason = moved->second;
  }
  FRESHET_CHECK(
      database_.run("INSERT INTO takedowns VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (id) DO UPDATE SET content_hash = excluded.content_hash",
                    judged.id, judged.content_hash, reason, now_));
  takedowns_.emplace(judged.id, reason);
  Change taken;
  taken.evidence = "taken down";
  if (judged.row && judged.row->live()) {
    FRESHET_CHECK(tombstone(*judged.row, DocumentState::TakenDown, taken));
  }
  if (!judged.moved_row) return Done{};
  taken.evidence = "moved to " + change.document.path + ", which is taken down";
  return tombstone(*judged.moved_row, DocumentState::Deleted, taken);
}

}  // namespace freshet::pipeline
