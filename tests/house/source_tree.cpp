#include "tests/house/source_tree.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace freshet::testing {

namespace fs = std::filesystem;

fs::path source_directory() {
  return FRESHET_SOURCE_DIR;
}

const std::vector<std::string>& rooms() {
  static const std::vector<std::string> kRooms{"base",     "config",  "sources", "index",
                                               "pipeline", "serving", "jobs"};
  return kRooms;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<SourceFile> source_files(const std::vector<std::string>& folders) {
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(source_directory() / folder)) {
      const auto ending = entry.path().extension();
      if (!entry.is_regular_file() || (ending != ".h" && ending != ".cpp")) continue;
      SourceFile file{fs::relative(entry.path(), source_directory()).generic_string(), {}};
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) file.lines.push_back(line);
      files.push_back(std::move(file));
    }
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

}  // namespace freshet::testing
