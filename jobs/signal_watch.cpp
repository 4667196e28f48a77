#include "jobs/signal_watch.h"

#include <pthread.h>

namespace freshet::jobs {

namespace {

/// Wakes the watching thread at the end; never sent by anyone else.
constexpr int kFarewell = SIGUSR1;

}  // namespace

SignalWatch::SignalWatch() {
  sigemptyset(&signals_);
  for (const int number : {SIGINT, SIGTERM, kFarewell}) sigaddset(&signals_, number);
  ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  ::pthread_kill(thread_.native_handle(), kFarewell);
  thread_.join();
}

void SignalWatch::watch() {
  for (int number = 0; ::sigwait(&signals_, &number) == 0 && number != kFarewell;) {
    received_ = number;
    stop_.request_stop();
  }
}

}  // namespace freshet::jobs
