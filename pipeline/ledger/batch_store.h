#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/ledger/document_rows.h"

namespace freshet::pipeline {

/// Takes one connector's batch into the tables (the source's history: batch_history.cpp). The two
/// questions it answers come in this order: would the batch change anything (then the caller opens
/// a transaction), and what did it change.
///
/// Moves are judged against the state before the batch, so that a -> b and b -> a in one batch
/// swap.
class BatchStore {
 public:
  BatchStore(Database& database, std::string_view source, Instant now)
      : database_(database), source_(source), now_(now) {}

  /// Reads takedowns; call first, and again inside the transaction.
  Result<Done> prepare(const sources::Batch& batch);
  /// Reads only. The report is complete when the answer is no.
  Result<bool> would_write(const sources::Batch& batch, StoreReport& report);
  /// Inside a transaction.
  Result<StoreReport> apply(const sources::Batch& batch);

 private:
  enum class Effect {
    None,
    Unchanged,
    Unknown,
    Narrow,
    Withheld,
    Withhold,
    Quiet,
    Add,
    Update,
    Move,
    Delete
  };
  struct Row {
    std::int64_t key = 0;
    DocumentState state = DocumentState::Live;
    std::string version;
    std::string content_hash;
    std::string fields_hash;
    std::string revision;
    std::string attributes;
    std::string path;
    [[nodiscard]] bool live() const { return state == DocumentState::Live; }
  };
  /// A change with what is known about it.
  struct Judged {
    Effect effect = Effect::None;
    std::string id;
    std::string content_hash;
    std::optional<Row> row;        ///< At `id`.
    std::optional<Row> moved_row;  ///< At `moved_from`; the one to carry over for Effect::Move.
  };

  Result<Judged> judge(const sources::Change& change);
  Result<Effect> judge_upsert(const sources::Change& change, const Judged& judged);
  Result<bool> move_is_done(const sources::Change& change, const Judged& judged);
  [[nodiscard]] bool is_withheld(const sources::Change& change, const Judged& judged) const;
  Result<Effect> compare(const sources::Document& document, const Judged& judged);
  Result<std::optional<Row>> find(const std::string& id);

  /// The stored document as the principals of an unreadable change leave it; nullopt when they take
  /// nothing from anybody.
  Result<std::optional<sources::Document>> narrowed(const sources::Change& change);
  Result<Done> narrow(const sources::Change& change, std::int64_t key);

  Result<Done> detach_moving(const sources::Batch& batch);
  Result<Done> apply_change(const sources::Change& change, StoreReport& report);
  Result<Done> note(const sources::Document& document, std::int64_t key);
  Result<Done> upsert(const sources::Document& document, const Judged& judged);
  Result<Done> write_row(const sources::Document& document, const Judged& judged, std::int64_t key);
  Result<Done> write_body(std::int64_t key, std::string_view body);
  Result<Done> move(const sources::Change& change, Judged judged, std::int64_t key);
  Result<Done> tombstone(const Row& row, DocumentState state, const sources::Change& change);
  Result<Done> withhold(const sources::Change& change, const Judged& judged);
  Result<Done> leave_stubs();

  Result<bool> history_differs(const sources::Batch& batch);
  Result<Done> store_history(const sources::Batch& batch);
  void count(Effect effect, StoreReport& report) const;

  Database& database_;
  std::string source_;
  Instant now_;
  std::map<std::string, std::string> takedowns_;  ///< Id -> reason.
  std::set<std::string> taken_down_contents_;     ///< Content hashes.
  std::set<std::string> upserted_;                ///< External ids of the batch's upserts.
  std::map<std::string, std::int64_t> moving_;  ///< Id before the batch -> key of the detached row.
  struct Vacated {
    std::string old_path;
    std::string new_path;
  };
  std::map<std::string, Vacated> vacated_;  ///< By old external id.
};

}  // namespace freshet::pipeline
