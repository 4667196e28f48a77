#include "sources/folder/stable_file.h"

#include <cerrno>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "base/files.h"
#include "sources/folder/file_stamp.h"

namespace freshet::sources::folder {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// Fills `content` from the descriptor; stops early at the end of the file. Gives the count.
Result<std::size_t> read_fully(int descriptor, std::string& content,
                               const std::filesystem::path& path) {
  std::size_t done = 0;
  while (done < content.size()) {
    const auto count = ::read(descriptor, content.data() + done, content.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_error("read", path, errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  return done;
}

/// Nothing when the file changed while it was read.
Result<std::optional<StableFile>> try_read(const std::filesystem::path& path,
                                           std::uint64_t max_bytes, Symlinks symlinks) {
  const int no_follow = symlinks == Symlinks::Skip ? O_NOFOLLOW : 0;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | no_follow));
  struct stat before {};
  if (file.number() < 0 || ::fstat(file.number(), &before) != 0) {
    return file_error("read", path, errno);
  }
  if (!S_ISREG(before.st_mode)) return std::optional<StableFile>();
  StableFile result{{}, stamp_of(before), false};
  if (result.stamp.size > max_bytes) {
    result.too_large = true;
    return std::optional(std::move(result));
  }
  result.content.resize(result.stamp.size);
  FRESHET_TRY(const std::size_t count, read_fully(file.number(), result.content, path));
  struct stat after {};
  if (::fstat(file.number(), &after) != 0) return file_error("read", path, errno);
  if (count != result.stamp.size || stamp_of(after) != result.stamp)
    return std::optional<StableFile>();
  return std::optional(std::move(result));
}

}  // namespace

Result<StableFile> read_stable_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                                    Symlinks symlinks) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    FRESHET_TRY(auto file, try_read(path, max_bytes, symlinks));
    if (file) return *std::move(file);
  }
  return Error{ErrorKind::Unavailable,
               "cannot read " + path.string() + ": it changes while it is being read"};
}

}  // namespace freshet::sources::folder
