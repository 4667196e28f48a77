#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sources/http_api/transport/state_file.h"

namespace freshet::sources::http_api {

/// What a run learned of how much more may be asked.
struct RateMemory {
  /// A limit of the manifest, and when all of it may be spent again.
  struct Spent {
    std::string match;
    std::chrono::milliseconds per;
    Instant full;
  };
  Instant paused_until{};  ///< What the server's headers said.
  std::vector<Spent> spent;
};

/// Keeps that across runs, times rounded up to seconds.
class RateFile {
 public:
  /// An empty directory keeps nothing.
  explicit RateFile(std::filesystem::path directory) : file_(std::move(directory), "rates.json") {}

  /// Nothing where the file is damaged, or of a time that is yet to come: the clock was set back.
  [[nodiscard]] RateMemory load(Instant now) const;
  [[nodiscard]] Result<Done> save(const RateMemory& memory, Instant now) const;

 private:
  StateFile file_;
};

}  // namespace freshet::sources::http_api
