#pragma once

#include <filesystem>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "sources/http_api/transport/state_file.h"

namespace freshet::sources::http_api {

/// Tokens that a server handed out.
struct Tokens {
  std::string access;
  Instant expires{};    ///< Of `access`.
  std::string refresh;  ///< What the next renewal needs; servers may give another each time.
};

/// Keeps tokens across runs. A rotated refresh token that is lost locks the source out, so it is on
/// disk before anything uses its access token.
class TokenFile {
 public:
  /// An empty directory keeps nothing.
  explicit TokenFile(std::filesystem::path directory)
      : file_(std::move(directory), "tokens.json") {}

  /// What is stored, or empty tokens. Corrupt when the file cannot be understood.
  [[nodiscard]] Result<Tokens> load() const;
  [[nodiscard]] Result<Done> save(const Tokens& tokens) const;

 private:
  StateFile file_;
};

}  // namespace freshet::sources::http_api
