#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "index/segments/snapshot.h"

namespace freshet::testing {

/// A generation (number 7) of what it was told, in memory. It has no segments, and everybody may
/// see everything that is not forbidden.
class FakeSnapshot : public index::Snapshot {
 public:
  explicit FakeSnapshot(std::uint64_t ledger_sequence = 41);

  /// A document of one passage per text.
  void add(index::DocumentFields fields, const std::vector<std::string>& texts = {});
  void forbid(const std::string& document_id);

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

 protected:
  [[nodiscard]] index::PassageNumber next_passage() const {
    return static_cast<index::PassageNumber>(passages_.size() + 1);
  }

  index::GenerationSummary summary_;
  std::vector<std::filesystem::path> directories_;
  std::vector<index::VectorSegment> vectors_;
  std::map<index::PassageNumber, index::StoredPassage> passages_;

 private:
  std::map<std::string, index::StoredDocument, std::less<>> documents_;
  index::PassageSet live_;
};

}  // namespace freshet::testing
