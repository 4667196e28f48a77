#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "index/passage.h"
#include "pipeline/ledger/records.h"
#include "sources/connector.h"

namespace freshet::pipeline {

/// What we know: the only truth (promise 1). Every index is a cache of it. One implementation
/// stands on SQLite (`open_sqlite_ledger`); the contract suite in tests/pipeline/ledger runs over
/// all.
///
/// Every method that changes something is one transaction, so a kill between two calls loses
/// nothing that a call has acknowledged. One thread at a time uses an object; several processes may
/// open one ledger, but only the holder of the data directory's lock writes sources and
/// generations. A takedown needs no lock and may come between any two calls of the holder.
class Ledger {
 public:
  virtual ~Ledger() = default;

  // --- pull
  // ---------------------------------------------------------------------------------------
  [[nodiscard]] virtual Result<std::string> cursor(std::string_view source) const = 0;
  /// Documents and the cursor that covers them, together. Applying a batch twice changes nothing
  /// the second time. A change whose content equals what is stored takes no new sequence number. A
  /// batch without changes, departures or a new cursor writes nothing at all. Documents under
  /// takedown stay out (promise 6 survives a re-sync).
  virtual Result<StoreReport> store(std::string_view source, const sources::Batch& batch) = 0;
  /// The live documents of a source, for the connector.
  [[nodiscard]] virtual std::unique_ptr<sources::KnownDocuments> known(
      std::string_view source) const = 0;
  [[nodiscard]] virtual Result<std::uint64_t> live_count(std::string_view source) const = 0;

  /// Of this ledger alone, drawn when it was created: sequence numbers mean nothing to an index
  /// that was made from another one.
  [[nodiscard]] virtual Result<std::string> identity() const = 0;

  // --- replay
  // -------------------------------------------------------------------------------------
  [[nodiscard]] virtual Result<std::uint64_t> last_sequence() const = 0;
  /// How many changes_after() would give without a limit.
  [[nodiscard]] virtual Result<std::uint64_t> count_changes_after(std::uint64_t sequence) const = 0;
  /// Documents (tombstones too) whose latest change is after `sequence`, ascending, bodies
  /// included.
  [[nodiscard]] virtual Result<std::vector<DocumentRecord>> changes_after(
      std::uint64_t sequence, std::size_t limit) const = 0;

  /// Documents that moved after `sequence`.
  [[nodiscard]] virtual Result<std::vector<MoveRecord>> moves_after(
      std::uint64_t sequence) const = 0;
  /// Remembers what is published with. When it is not what was remembered, every live document that
  /// may depend on it takes the next sequence number; the first time, none.
  virtual Result<Done> take_defaults(std::string_view source, const SourceDefaults& defaults) = 0;

  // --- reading
  // ------------------------------------------------------------------------------------
  /// By "source:external id"; a former id of a moved document finds it too. Tombstones are found as
  /// such.
  [[nodiscard]] virtual Result<std::optional<DocumentRecord>> document(
      std::string_view id) const = 0;
  /// Who may see, by what is known today, the document that an index covering `sequence` has under
  /// this id: where that may be one of several, only those who may see them all. nullopt when
  /// nothing is known of it.
  [[nodiscard]] virtual Result<std::optional<Principals>> principals(
      std::string_view id, std::uint64_t sequence) const = 0;
  enum class Bodies { No, Yes };
  /// Live documents in ascending id, optionally of one source.
  [[nodiscard]] virtual Result<Done> for_each_document(
      std::string_view source, Bodies bodies,
      const std::function<Result<Done>(const DocumentRecord&)>& visit) const = 0;
  [[nodiscard]] virtual Result<std::vector<std::string>> sources() const = 0;
  [[nodiscard]] virtual Result<std::vector<Tombstone>> tombstones(
      std::string_view source) const = 0;

  // --- what extraction derived from a document (replaced whole at each publish)
  // --------------------
  virtual Result<Done> store_derived(std::span<const DerivedDocument> documents) = 0;
  [[nodiscard]] virtual Result<std::vector<PassageRecord>> passages(
      std::string_view document_id) const = 0;
  /// Live documents of a source whose published version gave no passage: empty, or not extractable.
  [[nodiscard]] virtual Result<std::uint64_t> count_without_passages(
      std::string_view source) const = 0;
  /// Links of all live documents of a source, ordered by document id, then line.
  [[nodiscard]] virtual Result<std::vector<LinkRecord>> links(std::string_view source) const = 0;
  /// Anchors (heading fragments) of all live documents of a source.
  [[nodiscard]] virtual Result<std::vector<AnchorRecord>> anchors(
      std::string_view source) const = 0;

  // --- vector cache: text hash + encoder id -> vector
  // ---------------------------------------------
  [[nodiscard]] virtual Result<std::vector<std::optional<std::vector<float>>>> cached_vectors(
      std::string_view encoder_id, std::span<const std::string> text_hashes) const = 0;
  virtual Result<Done> cache_vectors(std::string_view encoder_id,
                                     std::span<const std::string> text_hashes,
                                     std::span<const std::vector<float>> vectors) = 0;
  /// Drops vectors of other encoders and of texts no live document has. Returns how many.
  virtual Result<std::uint64_t> prune_vectors(std::string_view encoder_id) = 0;

  // --- history of the source, for broken-link findings
  // --------------------------------------------
  [[nodiscard]] virtual Result<std::vector<sources::Departure>> departures(
      std::string_view source) const = 0;

  // --- takedown
  // -----------------------------------------------------------------------------------
  /// Erases the document's body and derived text, tombstones it and keeps it out from now on. Gives
  /// the sequence number of that change: an index that covers it does not have the document.
  virtual Result<std::uint64_t> forget(std::string_view id, std::string_view reason) = 0;
  [[nodiscard]] virtual Result<std::vector<Takedown>> takedowns() const = 0;

  // --- runs, findings, generations
  // ----------------------------------------------------------------
  virtual Result<std::int64_t> begin_run(std::string_view job, std::string_view source) = 0;
  virtual Result<Done> finish_run(std::int64_t run, const RunOutcome& outcome) = 0;
  [[nodiscard]] virtual Result<std::vector<RunRecord>> runs(std::size_t limit) const = 0;
  virtual Result<Done> record_generation(std::uint64_t generation, std::uint64_t sequence) = 0;
  /// The highest number ever recorded, 0 when there is none: a rebuild goes on from it even where
  /// the index can no longer say.
  [[nodiscard]] virtual Result<std::uint64_t> last_generation() const = 0;

  // --- relations
  // ----------------------------------------------------------------------------------
  /// The edges of a live document. A relation means a document when it gives its address or, within
  /// one source, its kind (the facet "kind") and its id: the external id, or what follows the first
  /// "/" in it. Links in the published text that lead to a document's address count as edges of
  /// type "cites".
  [[nodiscard]] virtual Result<Relations> relations(std::string_view id) const = 0;
};

/// Opens (creating or migrating forwards) `<data_dir>/ledger.sqlite` and its attached vector cache.
/// Invalid for a schema newer than ours (the message says which and what to do), Corrupt for a
/// damaged file.
enum class LedgerAccess { ReadWrite, ReadOnly };
Result<std::unique_ptr<Ledger>> open_sqlite_ledger(const std::filesystem::path& data_dir,
                                                   const Clock& clock, LedgerAccess access);

}  // namespace freshet::pipeline
