#pragma once

#include <memory>
#include <string_view>

#include "base/result.h"

namespace freshet::sources::http_api {

/// Bounds how long a search of any regular expression of the process goes on, jq's included: enough
/// for a megabyte of text; more is a pattern that backtracks without end.
void limit_searches();

/// A regular expression as jq's `test` has them: Oniguruma with Perl's syntax, over UTF-8.
/// One thread at a time uses a pattern.
class Pattern {
 public:
  /// Invalid says what is wrong with it.
  static Result<Pattern> compile(std::string_view text);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// False as well where the search was given up: the pattern backtracks without end.
  [[nodiscard]] bool matches_whole(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);

  std::unique_ptr<Compiled> compiled_;
};

}  // namespace freshet::sources::http_api
