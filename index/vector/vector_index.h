#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/allowed.h"
#include "index/passage.h"

namespace freshet::index {

/// Builds the vector half of one segment: `vectors.sq8` (8-bit, per-vector scale), `vectors.fp16`
/// for rescoring, and `graph.hnsw` when there are at least `graph_threshold` vectors. Every file
/// has a header with magic, format version, dimension, count, first passage number and a checksum.
/// The graph is built by one thread with a fixed seed, so equal input gives equal files. One thread
/// owns it.
class VectorSegmentBuilder {
 public:
  VectorSegmentBuilder(std::filesystem::path segment_directory, std::size_t dimension,
                       PassageNumber first_number, std::size_t graph_threshold);
  VectorSegmentBuilder(VectorSegmentBuilder&&) noexcept;
  VectorSegmentBuilder& operator=(VectorSegmentBuilder&&) noexcept;
  ~VectorSegmentBuilder();

  /// Vectors come in ascending passage number without gaps. Each must have unit length (or be all
  /// zero: never found) and only finite numbers, else Invalid.
  Result<Done> add(std::span<const float> vector);
  /// Writes; durable once the caller has synced the directory's files.
  Result<Done> finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct VectorHit {
  PassageNumber number = 0;
  double cosine = 0;  ///< Rescored in fp16 precision against the query in f32.
};

/// The vector half of one segment, mapped read-only. Thread-safe.
class VectorSegment {
 public:
  /// Everything also verifies the checksums of all bytes.
  enum class Check { Headers, Everything };
  static Result<VectorSegment> open(const std::filesystem::path& segment_directory, Check check);
  VectorSegment(VectorSegment&&) noexcept;
  VectorSegment& operator=(VectorSegment&&) noexcept;
  ~VectorSegment();

  [[nodiscard]] std::size_t dimension() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] PassageNumber first_number() const;

  /// The `limit` nearest among the allowed passages of this segment, best first, equal cosines by
  /// ascending number. Few allowed (or no graph): exact SQ8 scan of just those rows; many: graph
  /// walk. Always rescored.
  Result<std::vector<VectorHit>> search(std::span<const float> query, const PassageSet& allowed,
                                        std::size_t limit) const;
  /// True cosine of a passage of this segment.
  [[nodiscard]] double cosine(std::span<const float> query, PassageNumber number) const;
  /// The stored (fp16) vector, for merges.
  [[nodiscard]] std::vector<float> vector(PassageNumber number) const;

 private:
  struct State;
  explicit VectorSegment(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace freshet::index
