#include "base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace freshet {

namespace {

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  [[nodiscard]] int get() const { return value_; }
  [[nodiscard]] bool ok() const { return value_ >= 0; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

Result<Done> write_all(const Descriptor& file, const std::filesystem::path& path,
                       std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(file.get()) != 0) return file_error("fsync", path, errno);
  return Done{};
}

Result<Done> sync_path(const std::filesystem::path& path, int flags) {
  const Descriptor file(::open(path.c_str(), flags | O_CLOEXEC));
  if (!file.ok()) return file_error("open", path, errno);
  if (::fsync(file.get()) != 0) return file_error("fsync", path, errno);
  return Done{};
}

}  // namespace

Error file_error(std::string_view activity, const std::filesystem::path& path, int error_number) {
  ErrorKind kind = ErrorKind::Unavailable;
  if (error_number == ENOENT || error_number == ENOTDIR) kind = ErrorKind::NotFound;
  if (error_number == EACCES || error_number == EPERM) kind = ErrorKind::Denied;
  if (error_number == ENOSPC || error_number == EDQUOT) kind = ErrorKind::Exhausted;
  return {kind, "cannot " + std::string(activity) + " " + path.string() + ": " +
                    std::strerror(error_number)};
}

Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.ok()) return file_error("open", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return file_error("read", path, errno);
  if (!S_ISREG(status.st_mode)) {
    return Error{ErrorKind::Invalid, "cannot read " + path.string() + ": it is not a regular file"};
  }
  std::string bytes;
  constexpr std::size_t kBlock = std::size_t{1} << 20;
  for (;;) {
    const std::size_t have = bytes.size();
    bytes.resize(have + kBlock);
    const ssize_t got = ::read(file.get(), bytes.data() + have, kBlock);
    bytes.resize(have + static_cast<std::size_t>(got > 0 ? got : 0));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("read", path, errno);
    if (bytes.size() > max_bytes) {
      return Error{ErrorKind::Invalid, "cannot read " + path.string() + ": it is larger than " +
                                           std::to_string(max_bytes) + " bytes"};
    }
    if (got == 0) return bytes;
  }
}

Result<Done> write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + "." + std::to_string(::getpid()) + ".tmp";
  {
    const Descriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (!file.ok()) return file_error("create", temporary, errno);
    auto written = write_all(file, temporary, bytes);
    if (!written) {
      ::unlink(temporary.c_str());
      return written;
    }
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return file_error("rename", path, errno);
  return sync_directory(path.has_parent_path() ? path.parent_path() : ".");
}

Result<Done> append_to_file(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!file.ok()) return file_error("open", path, errno);
  FRESHET_CHECK(write_all(file, path, bytes));
  return sync_directory(path.has_parent_path() ? path.parent_path() : ".");
}

Result<Done> sync_file(const std::filesystem::path& path) {
  return sync_path(path, O_RDONLY);
}

Result<Done> sync_directory(const std::filesystem::path& directory) {
  return sync_path(directory, O_RDONLY | O_DIRECTORY);
}

Result<Done> exchange_paths(const std::filesystem::path& one, const std::filesystem::path& other) {
  if (::renameat2(AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), RENAME_EXCHANGE) != 0) {
    return file_error("swap with " + other.string(), one, errno);
  }
  return sync_directory(one.parent_path());
}

Result<Done> create_directories(const std::filesystem::path& directory) {
  std::error_code code;
  std::filesystem::create_directories(directory, code);
  if (code) return file_error("create directory", directory, code.value());
  return Done{};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) return file_error("open", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return file_error("read", path, errno);
  MappedFile mapped;
  mapped.size_ = static_cast<std::size_t>(status.st_size);
  if (mapped.size_ == 0) return mapped;
  void* address = ::mmap(nullptr, mapped.size_, PROT_READ, MAP_SHARED, file.get(), 0);
  if (address == MAP_FAILED) return file_error("map", path, errno);
  mapped.address_ = address;
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : address_(std::exchange(other.address_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(address_, other.address_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (address_ != nullptr) ::munmap(address_, size_);
}

std::string_view MappedFile::bytes() const {
  return address_ == nullptr ? std::string_view{}
                             : std::string_view{static_cast<const char*>(address_), size_};
}

Result<FileLock> FileLock::acquire(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!file.ok()) return file_error("open", path, errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return file_error("lock", path, errno);
    return Error{ErrorKind::Locked, path.string() + " is held by another process"};
  }
  return FileLock(file.release());
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace freshet
