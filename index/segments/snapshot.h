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

#include "base/result.h"
#include "index/allowed.h"
#include "index/filter.h"
#include "index/passage.h"
#include "index/segments/writer.h"
#include "index/vector/vector_index.h"

namespace freshet::index {

/// One document as the index holds it.
struct StoredDocument {
  DocumentFields fields;
  PassageNumber first = 0;
  std::size_t count = 0;
};

struct StoredPassage {
  DocumentFields document;
  Passage passage;  ///< encoded_text is empty.
};

/// One generation, opened for reading: segments mapped, bitmaps loaded. Immutable and thread-safe;
/// keeps working after its files are unlinked. Opening checks every header against the manifest; a
/// missing or damaged file is Corrupt and names the file and `freshet rebuild`.
class Snapshot {
 public:
  enum class Check { Headers, Everything };
  /// The live generation without the documents hidden from readers (hidden_documents.h). NotFound
  /// when nothing was published yet.
  static Result<std::shared_ptr<const Snapshot>> open(const std::filesystem::path& index_directory,
                                                      Check check = Check::Headers);
  virtual ~Snapshot() = default;

  [[nodiscard]] virtual const GenerationSummary& summary() const = 0;
  [[nodiscard]] virtual const std::vector<std::filesystem::path>& segment_directories() const = 0;
  [[nodiscard]] virtual const std::vector<VectorSegment>& vector_segments() const = 0;

  /// live AND (allow of any principal) MINUS (deny of any principal) AND filter.
  [[nodiscard]] virtual Result<PassageSet> allowed(std::span<const std::string> principals,
                                                   const std::optional<Filter>& filter) const = 0;
  [[nodiscard]] virtual const PassageSet& live() const = 0;
  /// NotFound for a number outside every segment; dead passages can be read.
  [[nodiscard]] virtual Result<StoredPassage> passage(PassageNumber number) const = 0;
  /// The live version of a document; nullopt when there is none.
  [[nodiscard]] virtual Result<std::optional<StoredDocument>> document(
      std::string_view id) const = 0;
  /// Every live document in ascending id.
  [[nodiscard]] virtual Result<Done> for_each_document(
      const std::function<Result<Done>(const StoredDocument&)>& visit) const = 0;
};

/// Notices new generations and documents hidden since by one stat each of CURRENT and of the list
/// of hidden documents. Thread-safe.
class SnapshotSource {
 public:
  explicit SnapshotSource(std::filesystem::path index_directory);
  ~SnapshotSource();
  /// The newest generation; re-opens only when one of the two changed. When the new one cannot be
  /// opened the last good one goes on serving and `last_problem` says why. NotFound before the
  /// first publish.
  Result<std::shared_ptr<const Snapshot>> newest();
  [[nodiscard]] std::string last_problem() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace freshet::index
