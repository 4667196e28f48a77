#include "index/new_file.h"

#include <cerrno>
#include <fstream>

#include "base/files.h"

namespace freshet::index {

Result<Done> write_new_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return file_error("write", path, errno);
  return Done{};
}

Result<Done> sync_all_files(const std::filesystem::path& directory) {
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(directory, problem)) {
    FRESHET_CHECK(sync_file(entry.path()));
  }
  if (problem) return file_error("list", directory, problem.value());
  return sync_directory(directory);
}

}  // namespace freshet::index
