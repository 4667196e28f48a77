#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "base/result.h"
#include "index/allowed.h"
#include "index/segments/writer.h"

namespace freshet::index {

/// One segment as a generation names it.
struct SegmentEntry {
  std::uint64_t id = 0;
  std::uint64_t header_checksum = 0;  ///< Of its header.json.
  PassageNumber first = 0;
  std::size_t passages = 0;

  /// One past its last passage number.
  [[nodiscard]] PassageNumber end() const { return static_cast<PassageNumber>(first + passages); }
};

/// All that a generation is: which segments, which of their passages live, and what comes next.
struct Manifest {
  GenerationSummary
      summary;  ///< `segments`, `live_passages` and `dead_passages` follow from the rest.
  PassageNumber next_passage = 1;      ///< Xapian has no document 0. Never goes back.
  std::uint64_t next_segment = 1;      ///< Never goes back.
  std::vector<SegmentEntry> segments;  ///< Oldest first.
  PassageSet live;

  /// Takes in a new segment, all of it live.
  void add(const SegmentEntry& segment);
  void count();  ///< Sets the summary's derived members.
};

/// Writes the manifest under its generation's number; durable on return. Gives its checksum. File:
/// the checksum of the rest (16 hexadecimal digits, newline), one line of JSON, the live set as a
/// Roaring bitmap.
Result<std::uint64_t> write_manifest(const std::filesystem::path& index_directory,
                                     const Manifest& manifest);

/// Corrupt when it is damaged, NotFound when there is none of that number.
Result<Manifest> read_manifest(const std::filesystem::path& index_directory,
                               std::uint64_t generation);

/// Makes a written manifest the live generation: the one step that readers see.
Result<Done> write_current(const std::filesystem::path& index_directory, std::uint64_t generation,
                           std::uint64_t manifest_checksum);

/// The live generation's manifest; nullopt when nothing was published yet, Corrupt for damage.
Result<std::optional<Manifest>> read_current(const std::filesystem::path& index_directory);

/// Numbers of the manifests that exist, ascending.
Result<std::vector<std::uint64_t>> list_manifests(const std::filesystem::path& index_directory);

}  // namespace freshet::index
