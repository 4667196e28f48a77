#pragma once

// What one run of a jq program may cost. For the sources of this folder.
extern "C" {
#include <jq.h>
}

#include <chrono>
#include <cstddef>
#include <optional>

#include <pthread.h>

namespace freshet::sources::http_api {

/// While it lives, the program that this thread runs in `state` is halted (jq looks before each of
/// its instructions) once it has used kMostTime of this thread's processor time, which a watching
/// thread measures, or has asked for kMostMemory in all, which our jv_mem_alloc counts. A single
/// step of jq that asks for more than that at once ends in RunTooLarge: jq could only abort the
/// process.
class LimitedRun {
 public:
  static constexpr std::chrono::milliseconds kMostTime{1000};
  static constexpr std::size_t kMostMemory = std::size_t{512} << 20U;

  enum class Stop { No, Time, Memory };

  explicit LimitedRun(jq_state* state);
  ~LimitedRun();
  LimitedRun(const LimitedRun&) = delete;
  LimitedRun& operator=(const LimitedRun&) = delete;

  /// Asked by the thread that runs, after jq came back.
  [[nodiscard]] Stop stopped() const;

  /// Counts an allocation of this thread's run, if there is one; may throw RunTooLarge.
  static void charge(std::size_t bytes);

 private:
  friend class Watch;
  void halt(Stop reason);

  jq_state* state_;
  clockid_t clock_{};
  std::optional<std::chrono::nanoseconds> first_seen_;  ///< Processor time at the first look.
  std::size_t memory_ = 0;
  Stop stop_ = Stop::No;
};

/// Thrown through jq's frames by an allocation. What the run held is lost and its state must never
/// be used again, not even freed.
struct RunTooLarge {};

}  // namespace freshet::sources::http_api
