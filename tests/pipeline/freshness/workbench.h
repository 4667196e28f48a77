#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/freshness/detect.h"
#include "pipeline/freshness/source_view.h"
#include "pipeline/ledger/ledger.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

/// A source "docs" in a real ledger, built up page by page.
class Workbench {
 public:
  Workbench();

  void page(const std::string& path, const std::string& body = "text", const std::string& url = "");
  void move(const std::string& from, const std::string& to);
  void remove(const std::string& path, const std::string& evidence);
  void link(const std::string& page, const std::string& target, std::size_t line = 1,
            const std::string& kind = "link");
  void clear_links() { derived_.clear(); }
  /// A path that left in a commit, as the Git connector reports it.
  void departed(const std::string& path, const std::string& commit,
                const std::string& moved_to = "");

  [[nodiscard]] pipeline::Ledger& ledger() { return *ledger_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  pipeline::SourceView view();
  pipeline::StaleReport report(const index::Snapshot* snapshot = nullptr);
  /// "path:line rule target" of every finding.
  std::vector<std::string> found(const index::Snapshot* snapshot = nullptr);

 private:
  void store(sources::Batch batch);
  void write_links();

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::unique_ptr<pipeline::Ledger> ledger_;
  std::map<std::string, pipeline::DerivedDocument> derived_;
  int cursor_ = 0;
};

/// A generation that serves what it was told.
class FakeSnapshot final : public index::Snapshot {
 public:
  explicit FakeSnapshot(std::uint64_t sequence) { summary_.ledger_sequence = sequence; }
  void serve(const std::string& path, const std::string& content_hash,
             const std::string& owner = "");

  [[nodiscard]] const index::GenerationSummary& summary() const override { return summary_; }
  [[nodiscard]] const std::vector<std::filesystem::path>& segment_directories() const override {
    return directories_;
  }
  [[nodiscard]] const std::vector<index::VectorSegment>& vector_segments() const override;
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
  index::GenerationSummary summary_;
  std::vector<std::filesystem::path> directories_;
  index::PassageSet live_;
  std::map<std::string, index::StoredDocument> documents_;
};

}  // namespace freshet::testing
