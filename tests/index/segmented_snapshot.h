#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "index/encoding/encoder.h"
#include "tests/index/support/fake_snapshot.h"
#include "tests/support/temporary_directory.h"

namespace freshet::testing {

struct FakeDocument {
  std::string id;
  std::vector<std::string> passages;
};

/// A fake generation with real keyword and vector segments beside its texts.
class SegmentedSnapshot final : public FakeSnapshot {
 public:
  /// One inner list per segment.
  static std::shared_ptr<SegmentedSnapshot> create(
      const index::Encoder& encoder, const std::vector<std::vector<FakeDocument>>& segments);

  void damage_keyword_files() const;
  void lose_passages() { lost_ = true; }
  [[nodiscard]] std::size_t passages_read() const { return passages_read_; }

  [[nodiscard]] Result<index::StoredPassage> passage(index::PassageNumber number) const override;

 private:
  void write_segment(const index::Encoder& encoder, const std::vector<FakeDocument>& documents);

  TemporaryDirectory directory_;
  bool lost_ = false;
  mutable std::atomic<std::size_t> passages_read_ = 0;
};

}  // namespace freshet::testing
