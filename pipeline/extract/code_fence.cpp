#include "pipeline/extract/code_fence.h"

#include <algorithm>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

// Bounded, so that a line of markers alone costs no more than its length.
std::string_view without_containers(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const std::string_view marker = line.substr(digits);
  const bool ordered = digits > 0 && (marker.starts_with(". ") || marker.starts_with(") "));
  const bool bullet =
      digits == 0 && (line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ "));
  if (ordered || bullet) line.remove_prefix(digits + 2);
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

}  // namespace

bool CodeFence::follow(std::string_view line) {
  const std::string_view inner = without_containers(line);
  const char first = inner.empty() ? '\0' : inner.front();
  const std::size_t run = std::min(inner.find_first_not_of(first), inner.size());
  const bool fence = (first == '`' || first == '~') && run >= 3;
  if (length_ > 0) {
    const bool closes =
        fence && first == character_ && run >= length_ && is_blank(inner.substr(run));
    if (closes) length_ = 0;
    return true;
  }
  if (!fence || (first == '`' && inner.find('`', run) != std::string_view::npos)) return false;
  character_ = first;
  length_ = run;
  return true;
}

}  // namespace freshet::pipeline
