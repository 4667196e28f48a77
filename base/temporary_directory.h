#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace freshet {

/// A directory of its own under the system's temporary folder, removed with its content at the end.
class TemporaryDirectory {
 public:
  static Result<TemporaryDirectory> create(std::string_view name);
  TemporaryDirectory(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept;
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace freshet
