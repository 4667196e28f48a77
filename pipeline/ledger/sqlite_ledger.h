#pragma once

#include "pipeline/ledger/batch_store.h"
#include "pipeline/ledger/ledger.h"
#include "pipeline/ledger/sqlite.h"
#include "pipeline/ledger/vector_cache.h"

namespace freshet::pipeline {

/// The ledger on one SQLite file. Its methods are spread over document_reader.cpp (reading),
/// document_store.cpp (pull, takedown), principals.cpp, relations.cpp, source_defaults.cpp,
/// derived_store.cpp and run_log.cpp.
class SqliteLedger final : public Ledger {
 public:
  SqliteLedger(std::unique_ptr<Database> database, VectorCache vectors, const Clock& clock)
      : database_(std::move(database)), vectors_(std::move(vectors)), clock_(&clock) {}

  Result<std::string> cursor(std::string_view source) const override;
  Result<StoreReport> store(std::string_view source, const sources::Batch& batch) override;
  std::unique_ptr<sources::KnownDocuments> known(std::string_view source) const override;
  Result<std::uint64_t> live_count(std::string_view source) const override;

  [[nodiscard]] Result<std::string> identity() const override;
  Result<std::uint64_t> last_sequence() const override;
  Result<std::uint64_t> count_changes_after(std::uint64_t sequence) const override;
  Result<std::vector<DocumentRecord>> changes_after(std::uint64_t sequence,
                                                    std::size_t limit) const override;

  Result<std::vector<MoveRecord>> moves_after(std::uint64_t sequence) const override;
  Result<Done> take_defaults(std::string_view source, const SourceDefaults& defaults) override;

  Result<std::optional<DocumentRecord>> document(std::string_view id) const override;
  Result<std::optional<Principals>> principals(std::string_view id,
                                               std::uint64_t sequence) const override;
  Result<Done> for_each_document(
      std::string_view source, Bodies bodies,
      const std::function<Result<Done>(const DocumentRecord&)>& visit) const override;
  Result<Relations> relations(std::string_view id) const override;
  Result<std::vector<std::string>> sources() const override;
  Result<std::vector<Tombstone>> tombstones(std::string_view source) const override;

  Result<Done> store_derived(std::span<const DerivedDocument> documents) override;
  Result<std::vector<PassageRecord>> passages(std::string_view document_id) const override;
  Result<std::uint64_t> count_without_passages(std::string_view source) const override;
  Result<std::vector<LinkRecord>> links(std::string_view source) const override;
  Result<std::vector<AnchorRecord>> anchors(std::string_view source) const override;

  Result<std::vector<std::optional<std::vector<float>>>> cached_vectors(
      std::string_view encoder_id, std::span<const std::string> text_hashes) const override;
  Result<Done> cache_vectors(std::string_view encoder_id, std::span<const std::string> text_hashes,
                             std::span<const std::vector<float>> vectors) override;
  Result<std::uint64_t> prune_vectors(std::string_view encoder_id) override;

  Result<std::vector<sources::Departure>> departures(std::string_view source) const override;

  Result<std::uint64_t> forget(std::string_view id, std::string_view reason) override;
  Result<std::vector<Takedown>> takedowns() const override;

  Result<std::int64_t> begin_run(std::string_view job, std::string_view source) override;
  Result<Done> finish_run(std::int64_t run, const RunOutcome& outcome) override;
  Result<std::vector<RunRecord>> runs(std::size_t limit) const override;
  Result<Done> record_generation(std::uint64_t generation, std::uint64_t sequence) override;
  Result<std::uint64_t> last_generation() const override;

 private:
  /// Rows of kDocumentColumns from an already bound statement.
  Result<std::vector<DocumentRecord>> read_all(Statement& rows, Bodies bodies) const;
  Result<Done> store_derived_document(const DerivedDocument& derived);
  Result<std::uint64_t> erase_taken_down(const DocumentRecord& record, std::string_view reason);

  std::unique_ptr<Database> database_;
  mutable VectorCache vectors_;
  const Clock* clock_;
};

}  // namespace freshet::pipeline
