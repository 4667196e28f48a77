#pragma once

#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "config/settings.h"
#include "serving/backend.h"
#include "tests/index/support/fake_snapshot.h"
#include "tests/support/manual_clock.h"

namespace freshet::serving::testing {

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
  std::shared_ptr<::freshet::testing::FakeSnapshot> snapshot =
      std::make_shared<::freshet::testing::FakeSnapshot>();
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
