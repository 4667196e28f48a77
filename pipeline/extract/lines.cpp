#include "pipeline/extract/lines.h"

#include <algorithm>

namespace freshet::pipeline {

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool carriage_return = text[at] == '\r';
    if (!carriage_return && text[at] != '\n') continue;
    if (carriage_return && at + 1 < text.size() && text[at + 1] == '\n') ++at;
    if (at + 1 < text.size()) starts_.push_back(at + 1);
  }
}

std::size_t Lines::begin(std::size_t number) const {
  return starts_[std::clamp<std::size_t>(number, 1, starts_.size()) - 1];
}

std::string_view Lines::line(std::size_t number) const {
  const std::size_t index = std::clamp<std::size_t>(number, 1, starts_.size());
  const std::size_t first = starts_[index - 1];
  const std::size_t last = index < starts_.size() ? starts_[index] : text_.size();
  std::string_view line = text_.substr(first, last - first);
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::size_t Lines::number_at(std::size_t byte) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), byte);
  return static_cast<std::size_t>(after - starts_.begin());
}

}  // namespace freshet::pipeline
