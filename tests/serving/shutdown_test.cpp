#include <condition_variable>

#include "serving/backend_server.h"
#include "tests/serving/raw_client.h"
#include "tests/serving/test_server.h"
#include "tests/support/result_matchers.h"

namespace freshet::serving {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;
using testing::post_json;
using testing::RawClient;
using testing::refund_answer;
using testing::request_text;
using testing::TestServer;

/// Lets a test hold a search open for as long as it likes.
class Gate {
 public:
  void enter_and_wait() {
    std::unique_lock lock(mutex_);
    entered_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_until_entered() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return entered_; });
  }
  void open() {
    const std::lock_guard guard(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool entered_ = false;
  bool open_ = false;
};

TEST(Shutdown, FinishesTheRequestInFlightAndClosesIdleConnections) {
  TestServer server;
  Gate gate;
  server.search = [&](const index::Query&) {
    gate.enter_and_wait();
    return refund_answer();
  };
  server.start();
  RawClient idle(server.port());
  idle.send(request_text("GET", "/healthz"));
  EXPECT_EQ(idle.read_response().status, 200);
  RawClient busy(server.port());
  busy.send(post_json("/v1/search", R"({"query":"refund"})"));
  gate.wait_until_entered();

  server.request_stop();
  EXPECT_TRUE(idle.is_closed_by_server());
  gate.open();
  const auto response = busy.read_response();

  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.at("connection"), "close");
  EXPECT_TRUE(busy.is_closed_by_server());
  server.join();
}

TEST(Shutdown, TakesNoNewConnections) {
  TestServer server;
  server.start();
  server.request_stop();
  server.join();

  RawClient late(server.port());
  EXPECT_FALSE(late.send(request_text("GET", "/healthz")));
}

TEST(Shutdown, DoesNotWaitForAClientThatNeverFinishes) {
  TestServer server;
  server.settings.shutdown_grace = std::chrono::milliseconds(50);
  server.start();
  RawClient stuck(server.port());
  stuck.send("POST /v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
  RawClient other(server.port());
  other.send(request_text("GET", "/healthz"));
  EXPECT_EQ(other.read_response().status, 200);

  server.request_stop();
  server.join();

  EXPECT_TRUE(stuck.is_closed_by_server());
}

TEST(Startup, SaysThatThePortIsTaken) {
  TestServer first;
  first.start();
  config::ServeSettings settings;
  settings.listen = "127.0.0.1:" + std::to_string(first.port());
  Log log([](std::string_view) {}, first.clock, LogLevel::Error);
  const Backend backend{first.search, first.newest_snapshot, {}, first.open_ledger,
                        "",           first.clock,           log};

  const auto served = serve_backend(settings, backend, {}, [](std::uint16_t) {});

  EXPECT_THAT(served, FailsWith(ErrorKind::Unavailable, HasSubstr("serve.listen")));
}

TEST(Startup, RefusesAnAddressOtherMachinesCanReach) {
  TestServer unused;
  config::ServeSettings settings;
  settings.listen = "0.0.0.0:0";
  Log log([](std::string_view) {}, unused.clock, LogLevel::Error);
  const Backend backend{
      unused.search, unused.newest_snapshot, {}, unused.open_ledger, "", unused.clock, log};

  const auto served = serve_backend(settings, backend, {}, [](std::uint16_t) {});

  EXPECT_THAT(served, FailsWith(ErrorKind::Invalid, HasSubstr("reverse proxy")));
}

}  // namespace
}  // namespace freshet::serving
