#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "serving/request.h"

namespace freshet::serving {

/// Names requests, so that a caller's complaint finds its log line. Thread-safe.
class RequestIds {
 public:
  explicit RequestIds(std::uint64_t seed) : seed_(seed) {}

  /// The caller's X-Request-Id if it is 1 to 128 characters of [A-Za-z0-9._:-], else a new one.
  std::string of(const Request& request);
  std::string next();

 private:
  std::uint64_t seed_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace freshet::serving
