#include "index/segments/leftovers.h"

#include <set>

#include "base/files.h"
#include "index/segments/layout.h"

namespace freshet::index {

namespace {

Result<Done> remove_tree(const std::filesystem::path& path) {
  std::error_code problem;
  std::filesystem::remove_all(path, problem);
  if (problem) return file_error("remove", path, problem.value());
  return Done{};
}

Result<std::vector<std::filesystem::path>> list(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> paths;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(directory, problem))
    paths.push_back(entry.path());
  if (problem && problem != std::errc::no_such_file_or_directory) {
    return file_error("list", directory, problem.value());
  }
  return paths;
}

Result<Done> remove_temporary_files(const std::filesystem::path& directory) {
  FRESHET_TRY(const auto paths, list(directory));
  for (const std::filesystem::path& path : paths) {
    if (path.extension() == ".tmp") FRESHET_CHECK(remove_tree(path));
  }
  return Done{};
}

/// Removes manifests that are not kept; gives the numbers of those that are.
Result<std::vector<std::uint64_t>> thin_manifests(const std::filesystem::path& index_directory,
                                                  std::uint64_t current, std::size_t keep) {
  FRESHET_TRY(std::vector<std::uint64_t> numbers, list_manifests(index_directory));
  std::vector<std::uint64_t> kept;
  while (!numbers.empty()) {
    const std::uint64_t number = numbers.back();
    numbers.pop_back();
    if (number <= current && kept.size() <= keep) {
      kept.push_back(number);
    } else {
      FRESHET_CHECK(remove_tree(manifest_path(index_directory, number)));
    }
  }
  return kept;
}

}  // namespace

Result<Done> remove_leftovers(const std::filesystem::path& index_directory, const Manifest& current,
                              std::size_t keep) {
  FRESHET_CHECK(remove_temporary_files(index_directory));
  FRESHET_CHECK(remove_temporary_files(generations_directory(index_directory)));
  FRESHET_CHECK(remove_temporary_files(segments_directory(index_directory)));
  FRESHET_TRY(const auto kept, thin_manifests(index_directory, current.summary.number, keep));
  std::set<std::filesystem::path> needed;
  for (const std::uint64_t number : kept) {
    const auto manifest = read_manifest(index_directory, number);
    if (!manifest) return Done{};
    for (const SegmentEntry& segment : manifest->segments) {
      needed.insert(segment_directory(index_directory, segment.id));
    }
  }
  FRESHET_TRY(const auto segments, list(segments_directory(index_directory)));
  for (const std::filesystem::path& segment : segments) {
    if (number_in_name(segment) && !needed.contains(segment)) FRESHET_CHECK(remove_tree(segment));
  }
  return Done{};
}

}  // namespace freshet::index
