#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace freshet::testing {

struct SourceFile {
  std::string path;  ///< Relative to the repository, "/"-separated.
  std::vector<std::string> lines;
};

/// The repository these tests were built from.
std::filesystem::path source_directory();

/// The rooms of the house, lowest first (design: a room includes only what stands before it).
const std::vector<std::string>& rooms();

/// Every .h and .cpp of the rooms, and of tests/ too when asked.
std::vector<SourceFile> source_files(const std::vector<std::string>& folders);

std::string read_text(const std::filesystem::path& path);

}  // namespace freshet::testing
