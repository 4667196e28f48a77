#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/keyword/keyword_index.h"
#include "index/segments/field_index.h"
#include "index/segments/manifest.h"
#include "index/segments/record_file.h"
#include "index/vector/vector_index.h"

namespace freshet::index {

/// Where and as what a segment is built.
struct SegmentPlan {
  std::filesystem::path index_directory;
  std::uint64_t id = 0;
  PassageNumber first = 0;
  IndexIdentity identity;
  std::size_t graph_threshold = 0;
};

/// Builds one segment in `segments/<id>.tmp`; finish() gives it its name. Equal documents give
/// equal content. What an unfinished builder leaves, the next writer removes. One thread owns it.
class SegmentBuilder {
 public:
  static Result<SegmentBuilder> create(SegmentPlan plan);

  /// Documents come in ascending id, each with at least one passage and a vector for each.
  Result<Done> add(const DocumentFields& fields, std::span<const Passage> passages,
                   std::span<const std::vector<float>> vectors);
  [[nodiscard]] std::size_t passages() const { return passages_.count(); }
  /// Writes, fsyncs, renames and reads everything back.
  Result<SegmentEntry> finish();

 private:
  SegmentBuilder(SegmentPlan plan, std::filesystem::path directory, KeywordSegmentBuilder keyword);

  SegmentPlan plan_;
  std::filesystem::path directory_;
  KeywordSegmentBuilder keyword_;
  VectorSegmentBuilder vectors_;
  FieldIndexBuilder fields_;
  RecordFileBuilder documents_;
  RecordFileBuilder passages_;
};

}  // namespace freshet::index
