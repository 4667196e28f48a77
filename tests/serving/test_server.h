#pragma once

#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "config/settings.h"
#include "serving/backend.h"
#include "tests/support/manual_clock.h"

namespace freshet::serving::testing {

/// The one generation every test here serves: documents of one passage each, and of two.
class FakeSnapshot final : public index::Snapshot {
 public:
  FakeSnapshot();
  void add(index::DocumentFields fields, const std::vector<std::string>& texts);

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
  index::GenerationSummary summary_;
  std::vector<std::filesystem::path> directories_;
  std::vector<index::VectorSegment> vectors_;
  index::PassageSet live_;
  std::vector<index::StoredDocument> documents_;
  std::vector<index::StoredPassage> passages_;
};

/// "docs:refunds/cards.md" of two passages, public.
index::DocumentFields refund_fields();

/// One hit on the first passage of refund_fields(), with an explanation.
index::Answer refund_answer();

/// A server on a free loopback port for the length of a test. Change `settings` and the functions,
/// then start.
class TestServer {
 public:
  TestServer();
  ~TestServer();
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  void start();
  void request_stop() { thread_.request_stop(); }
  /// Waits for serve() to return.
  void join() { thread_.join(); }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string log_text();

  config::ServeSettings settings;
  ::freshet::testing::ManualClock clock;
  std::shared_ptr<FakeSnapshot> snapshot = std::make_shared<FakeSnapshot>();
  std::function<Result<index::Answer>(const index::Query&)> search;
  std::function<Result<std::shared_ptr<const index::Snapshot>>()> newest_snapshot;
  LedgerPool::Open open_ledger;

 private:
  std::mutex mutex_;
  std::string log_text_;
  Log log_;
  std::unique_ptr<Backend> backend_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

}  // namespace freshet::serving::testing
