#include "sources/folder/stable_file.h"

#include <cerrno>
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

/// One reading. Not an optional: GCC 12 takes an empty one for uninitialized under the sanitizers.
struct Attempt {
  StableFile file;
  bool stable = false;  ///< The file stayed what it was while it was read.
};

Result<Attempt> try_read(const std::filesystem::path& path, std::uint64_t max_bytes,
                         Symlinks symlinks) {
  const int no_follow = symlinks == Symlinks::Skip ? O_NOFOLLOW : 0;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | no_follow));
  struct stat before {};
  if (file.number() < 0 || ::fstat(file.number(), &before) != 0) {
    return file_error("read", path, errno);
  }
  Attempt attempt;
  if (!S_ISREG(before.st_mode)) return attempt;
  attempt.file.stamp = stamp_of(before);
  attempt.file.too_large = attempt.file.stamp.size > max_bytes;
  attempt.stable = attempt.file.too_large;
  if (attempt.file.too_large) return attempt;
  attempt.file.content.resize(attempt.file.stamp.size);
  FRESHET_TRY(const std::size_t count, read_fully(file.number(), attempt.file.content, path));
  struct stat after {};
  if (::fstat(file.number(), &after) != 0) return file_error("read", path, errno);
  attempt.stable = count == attempt.file.stamp.size && stamp_of(after) == attempt.file.stamp;
  return attempt;
}

}  // namespace

Result<StableFile> read_stable_file(const std::filesystem::path& path, std::uint64_t max_bytes,
                                    Symlinks symlinks) {
  for (int tries = 0; tries < 2; ++tries) {
    FRESHET_TRY(auto attempt, try_read(path, max_bytes, symlinks));
    if (attempt.stable) return std::move(attempt.file);
  }
  return Error{ErrorKind::Unavailable,
               "cannot read " + path.string() + ": it changes while it is being read"};
}

}  // namespace freshet::sources::folder
