#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace freshet::pipeline {

/// Bytes [begin, end) of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the lines of a text lie. A line ends with LF, CRLF or a lone CR (CommonMark 0.29,
/// section 2.1), and none of them is rewritten, so bytes and line numbers stay those of the
/// original. Borrows the text.
class Lines {
 public:
  explicit Lines(std::string_view text);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t count() const { return starts_.size(); }
  /// One line without its end; numbers are 1-based and clamped to those that exist.
  [[nodiscard]] std::string_view line(std::size_t number) const;
  [[nodiscard]] std::size_t begin(std::size_t number) const;
  /// The number of the line that holds a byte; logarithmic.
  [[nodiscard]] std::size_t number_at(std::size_t byte) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace freshet::pipeline
