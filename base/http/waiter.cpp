#include "base/http/waiter.h"

#include <algorithm>
#include <thread>

namespace freshet::http {

void SleepingWaiter::wait(std::chrono::milliseconds duration, const Interruption& interruption) {
  constexpr std::chrono::milliseconds kStep{50};
  while (duration.count() > 0 && !interruption.due()) {
    const auto step = std::min(duration, kStep);
    std::this_thread::sleep_for(step);
    duration -= step;
  }
}

}  // namespace freshet::http
