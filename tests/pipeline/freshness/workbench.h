#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/freshness/detect.h"
#include "pipeline/freshness/source_view.h"
#include "pipeline/ledger/ledger.h"
#include "tests/index/support/fake_snapshot.h"
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

/// Makes the generation serve a page of "docs".
void serve(FakeSnapshot& snapshot, const std::string& path, const std::string& content_hash,
           const std::string& owner = "");

}  // namespace freshet::testing
