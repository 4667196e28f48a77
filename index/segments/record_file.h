#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace freshet::index {

/// The error for damage in an index file: Corrupt, with the next step.
Error damaged_file(const std::filesystem::path& path, std::string_view what);

/// Writes a file of numbered records. One thread owns it.
class RecordFileBuilder {
 public:
  void add(std::string_view record);
  [[nodiscard]] std::size_t count() const { return offsets_.size() - 1; }
  /// Writes; durable once the caller has synced the directory's files.
  Result<Done> write(const std::filesystem::path& path) const;

 private:
  std::vector<std::uint64_t> offsets_{0};
  std::string records_;
};

/// Numbered records, mapped: count, then one offset per record and one more, then the records
/// (64-bit, little-endian). The bytes may be damaged anywhere: a record that lies outside is
/// Corrupt.
class RecordFile {
 public:
  static Result<RecordFile> open(const std::filesystem::path& path);
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] Result<std::string_view> record(std::size_t number) const;
  /// The error for a record that cannot be read.
  [[nodiscard]] Error damaged(std::string_view what) const { return damaged_file(path_, what); }

 private:
  RecordFile(std::filesystem::path path, MappedFile file)
      : path_(std::move(path)), file_(std::move(file)) {}
  [[nodiscard]] std::uint64_t word(std::size_t at) const;

  std::filesystem::path path_;
  MappedFile file_;
  std::size_t count_ = 0;
};

}  // namespace freshet::index
