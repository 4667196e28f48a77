#include "pipeline/redaction/numbers.h"

#include "pipeline/redaction/scan.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kMostSeparators = 3;

/// Where the next digit stands behind separators; `at` when none does.
std::size_t over_separators(std::string_view text, std::size_t at, std::string_view separators) {
  std::size_t next = at;
  for (std::size_t count = 0; count < kMostSeparators; ++count) {
    const std::size_t length = separator_length(text, next, separators);
    if (length == 0) break;
    next += length;
    if (is_digit(at_or_nul(text, next))) return next;
  }
  return at;
}

}  // namespace

DigitRun read_digits(std::string_view text, std::size_t begin, std::size_t most,
                     std::string_view separators) {
  DigitRun run;
  run.begin = run.end = begin;
  std::size_t at = begin;
  for (; at < text.size() && (text[at] == '+' || text[at] == '('); ++at) {
    (text[at] == '+' ? run.plus : run.parenthesis) = true;
  }
  while (is_digit(at_or_nul(text, at)) && run.digits.size() < most) {
    std::size_t group = 0;
    for (; is_digit(at_or_nul(text, at)) && run.digits.size() < most; ++at, ++group) {
      run.digits += text[at];
    }
    run.groups.push_back(group);
    run.end = at;
    const std::size_t next = over_separators(text, at, separators);
    if (next == at) break;
    if (run.separator == 0) run.separator = text[at];
    if (text.substr(at, next - at).find('(') != std::string_view::npos) run.parenthesis = true;
    at = next;
  }
  return run;
}

}  // namespace freshet::pipeline
