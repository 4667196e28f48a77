#pragma once

#include <cstddef>
#include <string_view>

#include "index/encoding/encoder.h"

namespace freshet::pipeline::testing {

/// Counts words of at most eight bytes: a longer one is several tokens, as it is for a real
/// encoder.
class Words final : public index::TokenCounter {
 public:
  explicit Words(std::size_t window) : window_(window) {}

  [[nodiscard]] std::size_t count(std::string_view text) const override {
    std::size_t tokens = 0;
    std::size_t length = 0;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\t';
      if (!blank && length % 8 == 0) ++tokens;
      length = blank ? 0 : length + 1;
    }
    return tokens;
  }
  [[nodiscard]] std::size_t window() const override { return window_; }

 private:
  std::size_t window_;
};

}  // namespace freshet::pipeline::testing
