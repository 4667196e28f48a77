#include "base/temporary_directory.h"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "base/files.h"

namespace freshet {

Result<TemporaryDirectory> TemporaryDirectory::create(std::string_view name) {
  std::error_code code;
  const auto parent = std::filesystem::temp_directory_path(code);
  if (code) return file_error("find the temporary folder", parent, code.value());
  std::string path = (parent / (std::string(name) + "-XXXXXX")).string();
  if (::mkdtemp(path.data()) == nullptr) return file_error("create directory", path, errno);
  return TemporaryDirectory(std::filesystem::path(path));
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

TemporaryDirectory& TemporaryDirectory::operator=(TemporaryDirectory&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace freshet
