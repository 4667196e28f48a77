#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

#include <signal.h>

namespace freshet::jobs {

/// Turns the first SIGINT or SIGTERM into a stop request. Create it before any other thread: they
/// inherit the blocked signals, so that only the watching thread ever takes one.
class SignalWatch {
 public:
  SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch();

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  /// SIGINT, SIGTERM, or 0 when none has come.
  [[nodiscard]] int received() const { return received_; }

 private:
  void watch();

  sigset_t signals_{};
  std::atomic<int> received_ = 0;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace freshet::jobs
