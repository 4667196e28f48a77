#pragma once

#include <string>
#include <utility>

namespace freshet::config {

/// A password, token or key. It cannot be printed, logged, compared or turned into JSON: the one
/// way to the text is `reveal()`, which stands out in review. Written in the configuration as
/// `{file: path}`.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] bool empty() const { return text_.empty(); }
  /// Call this only where the far side is being authenticated to.
  [[nodiscard]] const std::string& reveal() const { return text_; }

 private:
  std::string text_;
};

}  // namespace freshet::config
