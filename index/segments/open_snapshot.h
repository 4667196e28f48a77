#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "index/segments/manifest.h"
#include "index/segments/segment.h"
#include "index/segments/segment_builder.h"
#include "index/segments/snapshot.h"

namespace freshet::index {

/// A generation whose manifest is at hand, opened: what Snapshot::open gives for the live one, and
/// what writers look at.
class OpenSnapshot final : public Snapshot {
 public:
  static Result<std::shared_ptr<OpenSnapshot>> open(const std::filesystem::path& index_directory,
                                                    Manifest manifest, Check check);

  /// From now on the documents are as good as dead. Before others get to see the snapshot.
  Result<Done> hide(std::span<const std::string> ids);

  /// One per segment of the manifest, in its order.
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// The live documents of the chosen segments in ascending id; `visit` is given the segment's
  /// place too.
  [[nodiscard]] Result<Done> for_each_document_in(
      std::span<const std::size_t> chosen,
      const std::function<Result<Done>(std::size_t segment, const StoredDocument&)>& visit) const;

  /// Adds a document of this snapshot, with other fields, to a segment that is being built.
  [[nodiscard]] Result<Done> copy_document(std::size_t segment, const StoredDocument& document,
                                           const DocumentFields& fields,
                                           SegmentBuilder& builder) const;

  [[nodiscard]] const GenerationSummary& summary() const override { return manifest_.summary; }
  [[nodiscard]] const std::vector<std::filesystem::path>& segment_directories() const override {
    return directories_;
  }
  [[nodiscard]] const std::vector<VectorSegment>& vector_segments() const override {
    return vectors_;
  }
  [[nodiscard]] const PassageSet& live() const override { return manifest_.live; }

  [[nodiscard]] Result<PassageSet> allowed(std::span<const std::string> principals,
                                           const std::optional<Filter>& filter) const override;
  [[nodiscard]] Result<StoredPassage> passage(PassageNumber number) const override;
  [[nodiscard]] Result<std::optional<StoredDocument>> document(std::string_view id) const override;
  [[nodiscard]] Result<Done> for_each_document(
      const std::function<Result<Done>(const StoredDocument&)>& visit) const override;

 private:
  Manifest manifest_;
  std::vector<Segment> segments_;
  std::vector<VectorSegment> vectors_;
  std::vector<std::filesystem::path> directories_;
};

}  // namespace freshet::index
