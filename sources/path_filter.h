#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/globs.h"

namespace freshet::sources {

/// Which paths of a source are documents.
class PathFilter {
 public:
  /// Without `include`, every format we read (by extension, in any case): md markdown mdx html htm
  /// rst adoc asciidoc txt. `exclude` wins. Invalid names the pattern at fault.
  static Result<PathFilter> create(std::span<const std::string> include,
                                   std::span<const std::string> exclude);

  [[nodiscard]] bool accepts(std::string_view path) const;

 private:
  std::vector<Glob> include_;
  std::vector<Glob> exclude_;
};

}  // namespace freshet::sources
