#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sources/globs.h"

namespace freshet::sources::git {

/// Who owns which path, as CODEOWNERS files say (GitHub's rules: gitignore-like patterns, the last
/// match wins, a pattern without owners takes ownership away). Lines that cannot be read are passed
/// over.
class CodeOwners {
 public:
  CodeOwners() = default;
  explicit CodeOwners(std::string_view text);

  /// The owners separated by spaces; empty when nobody is named.
  [[nodiscard]] std::string owner_of(std::string_view path) const;

 private:
  std::vector<std::pair<Glob, std::string>> rules_;
};

}  // namespace freshet::sources::git
