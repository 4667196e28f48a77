#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "index/encoding/encoder.h"
#include "index/segments/snapshot.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

struct FakeDocument {
  std::string id;
  std::vector<std::string> passages;
};

/// A generation (number 7) with real keyword and vector segments and its texts in memory.
class FakeSnapshot final : public index::Snapshot {
 public:
  /// One inner list per segment.
  static std::shared_ptr<FakeSnapshot> create(
      const index::Encoder& encoder, const std::vector<std::vector<FakeDocument>>& segments);

  void forbid(const std::string& document_id);
  void damage_keyword_files() const;
  void lose_passages() { lost_ = true; }
  [[nodiscard]] std::size_t passages_read() const { return passages_read_; }

  [[nodiscard]] const index::GenerationSummary& summary() const override { return summary_; }
  [[nodiscard]] const std::vector<std::filesystem::path>& segment_directories() const override {
    return directories_;
  }
  [[nodiscard]] const std::vector<index::VectorSegment>& vector_segments() const override {
    return vectors_;
  }
  [[nodiscard]] Result<index::PassageSet> allowed(
      std::span<const std::string> principals,
      const std::optional<index::Filter>& filter) const override;
  [[nodiscard]] const index::PassageSet& live() const override { return live_; }
  [[nodiscard]] Result<index::StoredPassage> passage(index::PassageNumber number) const override;
  [[nodiscard]] Result<std::optional<index::StoredDocument>> document(
      std::string_view id) const override;
  [[nodiscard]] Result<Done> for_each_document(
      const std::function<Result<Done>(const index::StoredDocument&)>& visit) const override;

 private:
  void write_segment(const index::Encoder& encoder, const std::vector<FakeDocument>& documents);

  TemporaryDirectory directory_;
  index::GenerationSummary summary_;
  std::vector<std::filesystem::path> directories_;
  std::vector<index::VectorSegment> vectors_;
  std::map<index::PassageNumber, index::StoredPassage> passages_;
  index::PassageSet live_;
  bool lost_ = false;
  mutable std::atomic<std::size_t> passages_read_ = 0;
};

}  // namespace freshet::testing
