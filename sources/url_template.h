#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace freshet::sources {

/// A public address with placeholders for a document's path: `{path}`, `{path_without_extension}`,
/// `{file}` (last segment) and `{directory}` (all but the last segment; a "/" after an empty one is
/// dropped). What is filled in is percent-encoded (RFC 3986), "/" excepted.
class UrlTemplate {
 public:
  /// The empty template gives empty addresses. Invalid names an unknown or unclosed placeholder.
  static Result<UrlTemplate> parse(std::string_view text);

  [[nodiscard]] std::string fill(std::string_view path) const;

 private:
  enum class Kind { Text, Path, PathWithoutExtension, File, Directory };
  struct Part {
    Kind kind;
    std::string text;
  };
  static Result<Kind> placeholder(std::string_view name);
  static std::string_view select(Kind kind, std::string_view path);

  std::vector<Part> parts_;
};

}  // namespace freshet::sources
