#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

/// Digits with separators between them, as people group them.
struct DigitRun {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;
  std::vector<std::size_t> groups;  ///< How many digits stand in each group.
  bool plus = false;                ///< A "+" stands in front.
  bool parenthesis = false;         ///< "(" in front of the first or second group.
  char separator = 0;               ///< The first one; 0 when there is none.
};

/// Digits from `begin` (at a digit, "+" or "(") on, over separators from the set " -./()" and
/// no-break spaces, never more than two in a row, at most `most` digits.
DigitRun read_digits(std::string_view text, std::size_t begin, std::size_t most,
                     std::string_view separators);

}  // namespace freshet::pipeline
