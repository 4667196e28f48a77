#include "sources/http_api/run_limits.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <ctime>
#include <mutex>
#include <new>
#include <stop_token>
#include <thread>
#include <vector>

namespace freshet::sources::http_api {
namespace {

constexpr std::chrono::milliseconds kLook{100};

thread_local LimitedRun* current = nullptr;

std::chrono::nanoseconds processor_time(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace

/// Looks at all runs ten times a second, and sleeps while there are none. The one thread of the
/// process that does so: a run lasts microseconds and could not afford its own.
class Watch {
 public:
  static Watch& shared() {
    static Watch watch;
    return watch;
  }

  void add(LimitedRun* run) {
    const std::lock_guard lock(mutex_);
    runs_.push_back(run);
    busy_ = true;
    if (asleep_) wake_.notify_one();
  }

  void remove(LimitedRun* run) {
    const std::lock_guard lock(mutex_);
    std::erase(runs_, run);
  }

  /// The lock keeps jq_halt, which must not be called twice, from meeting itself.
  void halt(LimitedRun& run, LimitedRun::Stop reason) {
    const std::lock_guard lock(mutex_);
    run.halt(reason);
  }

 private:
  Watch() : thread_([this](const std::stop_token& stop) { patrol(stop); }) {}

  void patrol(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      asleep_ = true;
      wake_.wait(lock, stop, [this] { return busy_; });
      asleep_ = false;
      busy_ = false;
      wake_.wait_for(lock, stop, kLook, [] { return false; });
      for (LimitedRun* run : runs_) look_at(*run);
      busy_ = busy_ || !runs_.empty();
    }
  }

  static void look_at(LimitedRun& run) {
    const auto used = processor_time(run.clock_);
    if (!run.first_seen_) {
      run.first_seen_ = used;
    } else if (used - *run.first_seen_ >= LimitedRun::kMostTime) {
      run.halt(LimitedRun::Stop::Time);
    }
  }

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<LimitedRun*> runs_;
  bool busy_ = false;
  bool asleep_ = false;
  std::jthread thread_;  // Last: it uses the others.
};

LimitedRun::LimitedRun(jq_state* state) : state_(state) {
  pthread_getcpuclockid(pthread_self(), &clock_);
  current = this;
  Watch::shared().add(this);
}

LimitedRun::~LimitedRun() {
  Watch::shared().remove(this);
  current = nullptr;
}

LimitedRun::Stop LimitedRun::stopped() const {
  return jq_halted(state_) != 0 ? stop_ : Stop::No;
}

void LimitedRun::halt(Stop reason) {
  if (stop_ != Stop::No) return;
  stop_ = reason;
  jq_halt(state_, jv_invalid(), jv_invalid());
}

void LimitedRun::charge(std::size_t bytes) {
  if (current == nullptr) return;
  current->memory_ += std::min(bytes, kMostMemory);
  if (current->memory_ < kMostMemory) return;
  Watch::shared().halt(*current, Stop::Memory);
  if (bytes >= kMostMemory) throw RunTooLarge{};
}

}  // namespace freshet::sources::http_api

// libjq calls these two of its own exported functions by name, so that a program's definitions take
// their place. That is the only way to bound what it allocates; an allocation that fails otherwise
// aborts the process.
extern "C" {
void* jv_mem_alloc(std::size_t bytes);
void* jv_mem_realloc(void* memory, std::size_t bytes);

void* jv_mem_alloc(std::size_t bytes) {
  freshet::sources::http_api::LimitedRun::charge(bytes);
  void* const memory = std::malloc(bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void* jv_mem_realloc(void* memory, std::size_t bytes) {
  freshet::sources::http_api::LimitedRun::charge(bytes);
  void* const moved = std::realloc(memory, bytes);
  if (moved == nullptr) throw std::bad_alloc();
  return moved;
}
}
