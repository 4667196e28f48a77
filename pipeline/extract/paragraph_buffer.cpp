#include "pipeline/extract/paragraph_buffer.h"

#include <algorithm>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {

void ParagraphBuffer::add(std::string_view content, std::size_t number, const Lines& lines) {
  const std::string_view line = lines.line(number);
  if (empty()) span_.begin = lines.begin(number) + indentation(line);
  if (!empty()) text_ += '\n';
  span_.end = lines.begin(number) + trim_right(line).size();
  starts_.push_back({text_.size(), number});
  text_ += trim(content);
}

std::size_t ParagraphBuffer::line_at(std::size_t offset) const {
  const auto after =
      std::upper_bound(starts_.begin(), starts_.end(), offset,
                       [](std::size_t at, const Start& start) { return at < start.offset; });
  return after == starts_.begin() ? 1 : std::prev(after)->line;
}

void ParagraphBuffer::clear() {
  text_.clear();
  starts_.clear();
}

}  // namespace freshet::pipeline
