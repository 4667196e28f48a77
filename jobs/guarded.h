#pragma once

#include <exception>
#include <string>

#include "base/result.h"

namespace freshet::jobs {

/// The job runner's last line of defence: what `action` gives, or Internal where it throws. One bad
/// job, or one bad source on a thread of its own, never ends the process.
template <typename T, typename Action>
Result<T> guarded(Action&& action) {
  try {
    return action();
  } catch (const std::exception& problem) {
    return Error{ErrorKind::Internal, std::string("unexpected: ") + problem.what()};
  } catch (...) {
    return Error{ErrorKind::Internal, "unexpected failure of an unknown kind"};
  }
}

}  // namespace freshet::jobs
