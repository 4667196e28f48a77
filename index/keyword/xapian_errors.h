#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <xapian.h>

#include "base/result.h"

namespace freshet::index {

/// What a caller can do about a Xapian exception: rebuild, retry, free space, or report a bug.
Error xapian_error(std::string_view activity, const Xapian::Error& error);

/// Runs `action`, which returns a value; a Xapian exception becomes an Error and goes no further.
template <typename Action>
auto guarded(std::string_view activity, Action action) -> Result<decltype(action())> {
  try {
    return action();
  } catch (const Xapian::Error& error) {
    return xapian_error(activity, error);
  }
}

}  // namespace freshet::index
