#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace freshet {

/// The whole content of a regular file. Invalid when it is larger than `max_bytes`.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t max_bytes = std::size_t{1} << 31);

/// Replaces a file so that after a crash or power loss it holds either the old or the new bytes,
/// whole: write beside it, fsync, rename, fsync the directory.
Result<Done> write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// Adds to the end of a file, creating it; durable on return. Several processes may append at once;
/// a crash may leave any first part of the bytes.
Result<Done> append_to_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes what was written to a file, or created, renamed and removed in a directory, survive power
/// loss.
Result<Done> sync_file(const std::filesystem::path& path);
Result<Done> sync_directory(const std::filesystem::path& directory);

/// Swaps two directories (or files) of one file system in one atomic step.
Result<Done> exchange_paths(const std::filesystem::path& one, const std::filesystem::path& other);

/// mkdir -p.
Result<Done> create_directories(const std::filesystem::path& directory);

/// An error from errno: ENOENT is NotFound, EACCES is Denied, ENOSPC and EDQUOT are Exhausted, else
/// Unavailable. The message is "cannot ACTIVITY PATH: reason".
Error file_error(std::string_view activity, const std::filesystem::path& path, int error_number);

/// A file mapped for reading. Movable; the bytes stay valid until it is destroyed, even when the
/// file is unlinked meanwhile.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::string_view bytes() const;

 private:
  void* address_ = nullptr;
  std::size_t size_ = 0;
};

/// An exclusive lock between processes (flock) that the kernel drops when its holder dies.
class FileLock {
 public:
  /// Locked when another process holds it. Taking a lock changes nothing in an existing file.
  static Result<FileLock> acquire(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace freshet
