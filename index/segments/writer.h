#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "index/passage.h"

namespace freshet::index {

/// What makes two indexes comparable. A generation with another encoder or settings fingerprint is
/// rebuilt from the ledger, never mixed.
struct IndexIdentity {
  std::string encoder_id;
  std::size_t dimension = 0;
  std::string
      settings_fingerprint;  ///< Of those options only that change an index: passage sizes, format.
  std::string ledger{};      ///< Whose sequence numbers these are; empty for none.
  bool operator==(const IndexIdentity&) const = default;
};

/// One step forward of the index.
struct PublishRequest {
  IndexIdentity identity;
  std::vector<IndexedDocument> upserts;  ///< Each replaces all passages of its document id.
  std::vector<std::string> removals;     ///< Document ids. Unknown ones are ignored.
  std::uint64_t ledger_sequence = 0;  ///< Everything up to here is covered by the new generation.
  std::function<void()> before_switch = [] {};  ///< Told when the segment is written.
};

/// The state of the live generation, read from its manifest alone.
struct GenerationSummary {
  std::uint64_t number = 0;  ///< 0: there is none yet.
  std::uint64_t ledger_sequence = 0;
  std::string published_at;
  IndexIdentity identity;
  std::size_t segments = 0;
  std::uint64_t live_passages = 0;
  std::uint64_t dead_passages = 0;
  std::uint64_t documents = 0;
};

struct MergeReport {
  std::size_t segments_before = 0;
  std::size_t segments_after = 0;
  std::uint64_t dead_passages_dropped = 0;
  GenerationSummary generation;
};

/// Writes segments and generations under `<data_dir>/index`. A generation becomes visible by one
/// atomic rename of `CURRENT`; killed anywhere before, the old one still serves and leftovers are
/// removed by the next writer. One writer per directory (the caller holds the data directory's
/// lock); readers are unaffected.
class IndexWriter {
 public:
  IndexWriter(std::filesystem::path index_directory, config::IndexSettings settings,
              const Clock& clock);

  /// Corrupt (naming the file, next step `freshet rebuild`) when CURRENT or its manifest is
  /// damaged.
  Result<GenerationSummary> current() const;

  /// Publishes a new generation on top of the current one: a new segment for the upserts (none when
  /// there are only removals), new bitmaps, checked before the rename. Identity must equal the
  /// current one's.
  Result<GenerationSummary> publish(const PublishRequest& request);

  /// Writes one segment out of all small ones (All: out of every segment), without dead passages.
  enum class MergeScope { WhenDue, All };
  Result<MergeReport> merge(MergeScope scope, const Interruption& interruption);

  /// Makes an older kept generation the live one again (as a new generation number), with the
  /// principals that `revise` leaves in a document's fields; without those for which it says false:
  /// what was taken down or narrowed since stays so.
  using Revise = std::function<Result<bool>(DocumentFields&)>;
  Result<GenerationSummary> rollback(std::uint64_t to_generation, const Revise& revise);
  Result<std::vector<GenerationSummary>> generations() const;

  /// Starts an empty generation (no segments, ledger sequence 0) with this identity and the given
  /// number. A rebuild does this in a directory beside the live one, publishes into it, and swaps
  /// the two.
  Result<GenerationSummary> reset(const IndexIdentity& identity, std::uint64_t generation_number);

 private:
  std::filesystem::path directory_;
  config::IndexSettings settings_;
  const Clock* clock_;
};

}  // namespace freshet::index
