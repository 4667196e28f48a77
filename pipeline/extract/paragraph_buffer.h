#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/extract/lines.h"

namespace freshet::pipeline {

/// The lines of one paragraph, joined for inline markup that may cross them, and where each came
/// from.
class ParagraphBuffer {
 public:
  /// `content` is a part of line `number` of `lines`.
  void add(std::string_view content, std::size_t number, const Lines& lines);
  [[nodiscard]] bool empty() const { return starts_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string& text() { return text_; }
  [[nodiscard]] Span span() const { return span_; }
  /// The source line of a byte of text().
  [[nodiscard]] std::size_t line_at(std::size_t offset) const;
  void clear();

 private:
  struct Start {
    std::size_t offset;
    std::size_t line;
  };
  std::string text_;
  std::vector<Start> starts_;
  Span span_;
};

}  // namespace freshet::pipeline
