#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace freshet::sources::http_api {

/// Tokens that a server handed out.
struct Tokens {
  std::string access;
  Instant expires{};    ///< Of `access`.
  std::string refresh;  ///< What the next renewal needs; servers may give another each time.
};

/// Keeps tokens across runs, in a directory that only this user may enter. A rotated refresh token
/// that is lost locks the source out, so it is on disk before anything uses its access token.
class TokenFile {
 public:
  /// An empty directory keeps nothing.
  explicit TokenFile(std::filesystem::path directory) : directory_(std::move(directory)) {}

  /// What is stored, or empty tokens. Corrupt when the file cannot be understood.
  [[nodiscard]] Result<Tokens> load() const;
  [[nodiscard]] Result<Done> save(const Tokens& tokens) const;

 private:
  std::filesystem::path directory_;
};

}  // namespace freshet::sources::http_api
