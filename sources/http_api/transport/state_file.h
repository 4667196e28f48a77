#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace freshet::sources::http_api {

/// One JSON value that a source keeps across runs, in a directory that only this user may enter.
/// After a kill it holds what was saved last, or before that, whole.
class StateFile {
 public:
  /// An empty directory keeps nothing.
  StateFile(std::filesystem::path directory, std::string_view name)
      : directory_(std::move(directory)), path_(directory_ / name) {}

  /// None where nothing was saved; null where what is there is no JSON.
  [[nodiscard]] Result<std::optional<Json>> load() const;
  [[nodiscard]] Result<Done> save(const Json& json) const;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path directory_;
  std::filesystem::path path_;
};

}  // namespace freshet::sources::http_api
