#pragma once

#include <cstddef>
#include <string_view>

namespace freshet::pipeline {

/// Follows Markdown's fenced code line by line (CommonMark 0.29, section 4.5), also inside quotes
/// and lists.
class CodeFence {
 public:
  /// Whether the line is part of fenced code: an opening or closing fence, or between them.
  bool follow(std::string_view line);
  [[nodiscard]] bool is_open() const { return length_ > 0; }

 private:
  char character_ = 0;
  std::size_t length_ = 0;
};

}  // namespace freshet::pipeline
