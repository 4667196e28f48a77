#include "sources/folder/directory_listing.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <set>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/utf8.h"
#include "sources/comparison.h"
#include "sources/folder/file_stamp.h"

namespace freshet::sources::folder {
namespace {

constexpr std::size_t kMaxDepth = 256;
constexpr std::size_t kMaxFiles = 4'000'000;

struct ClosingDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};
using DirectoryStream = std::unique_ptr<DIR, ClosingDirectory>;
using Identity = std::pair<dev_t, ino_t>;

Identity identity_of(const struct stat& status) {
  return {status.st_dev, status.st_ino};
}

struct Entry {
  std::string name;
  struct stat status;
  bool through_link;
};

class Lister {
 public:
  Lister(std::filesystem::path root, const DocumentForm& form, Symlinks symlinks)
      : root_(std::move(root)), form_(form), follow_(symlinks == Symlinks::Follow) {}

  Result<DirectoryListing> list(const Interruption& interruption) {
    FRESHET_CHECK(enter_root());
    while (!open_.empty()) {
      if (interruption.due()) return interrupted();
      if (open_.back().entries.empty()) {
        open_.pop_back();
        continue;
      }
      Entry entry = std::move(open_.back().entries.back());
      open_.back().entries.pop_back();
      add(std::move(entry), open_.back().prefix);
    }
    std::sort(listing_.files.begin(), listing_.files.end(),
              [](const ListedFile& a, const ListedFile& b) { return a.path < b.path; });
    return std::move(listing_);
  }

 private:
  struct Level {
    std::string prefix;  // "" or "docs/".
    Identity identity;
    std::vector<Entry> entries;
  };

  Result<Done> enter_root() {
    struct stat status {};
    if (::stat(root_.c_str(), &status) != 0) return missing_root(errno);
    if (!S_ISDIR(status.st_mode)) {
      return Error{ErrorKind::Invalid, "cannot list " + root_.string() + ": it is not a directory"};
    }
    auto entries = entries_of("");
    if (!entries) return std::move(entries).error();
    open_.push_back({"", identity_of(status), *std::move(entries)});
    return Done{};
  }

  Error missing_root(int error_number) const {
    auto error = file_error("list", root_, error_number);
    error.message += "; check the option \"path\", or whether the volume is mounted";
    return error;
  }

  void add(Entry entry, const std::string& prefix) {
    std::string path = prefix + entry.name;
    if (!is_valid_utf8(path)) {
      ++listing_.skipped["not_utf8_name"];
    } else if (S_ISDIR(entry.status.st_mode)) {
      descend(entry, std::move(path));
    } else if (!form_.wants(path)) {
      return;
    } else if (S_ISREG(entry.status.st_mode)) {
      add_file(std::move(path), entry.status);
    } else {
      ++listing_.skipped[S_ISLNK(entry.status.st_mode) ? "symlink" : "special_file"];
    }
  }

  void add_file(std::string path, const struct stat& status) {
    if (listing_.files.size() < kMaxFiles) {
      listing_.files.push_back({std::move(path), stamp_of(status)});
    } else if (!truncated_) {
      truncated_ = true;
      listing_.problems.push_back(root_.string() + " has more than " + std::to_string(kMaxFiles) +
                                  " files; split it into several sources");
    }
  }

  void descend(const Entry& entry, std::string path) {
    const auto identity = identity_of(entry.status);
    if (entry.through_link && (is_open(identity) || !linked_.insert(identity).second)) {
      ++listing_.skipped["symlink_loop"];
      return;
    }
    if (open_.size() == kMaxDepth) {
      listing_.problems.push_back("cannot list " + path + ": it is more than 256 directories deep");
      return;
    }
    auto entries = entries_of(path);
    if (!entries) {
      listing_.problems.push_back(entries.error().message);
      return;
    }
    open_.push_back({path + "/", identity, *std::move(entries)});
  }

  [[nodiscard]] bool is_open(const Identity& identity) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const Level& level) { return level.identity == identity; });
  }

  Result<std::vector<Entry>> entries_of(const std::string& path) {
    const auto directory = root_ / path;
    const DirectoryStream stream(::opendir(directory.c_str()));
    if (stream == nullptr) return file_error("list", directory, errno);
    std::vector<Entry> entries;
    for (errno = 0;; errno = 0) {
      const dirent* next = ::readdir(stream.get());
      if (next == nullptr && errno != 0) return file_error("list", directory, errno);
      if (next == nullptr) return entries;
      const std::string_view name = next->d_name;
      if (name == "." || name == "..") continue;
      FRESHET_CHECK(append(entries, *stream, directory, std::string(name)));
    }
  }

  Result<Done> append(std::vector<Entry>& entries, DIR& stream,
                      const std::filesystem::path& directory, std::string name) const {
    Entry entry{std::move(name), {}, false};
    const int descriptor = ::dirfd(&stream);
    if (::fstatat(descriptor, entry.name.c_str(), &entry.status, AT_SYMLINK_NOFOLLOW) != 0) {
      if (errno == ENOENT) return Done{};  // Removed since it was listed.
      return file_error("read", directory / entry.name, errno);
    }
    if (follow_ && S_ISLNK(entry.status.st_mode)) {
      struct stat target {};
      // A dangling or endless link stays a link, and is counted as one.
      if (::fstatat(descriptor, entry.name.c_str(), &target, 0) == 0) {
        entry.status = target;
        entry.through_link = true;
      }
    }
    entries.push_back(std::move(entry));
    return Done{};
  }

  std::filesystem::path root_;
  const DocumentForm& form_;
  bool follow_;
  bool truncated_ = false;
  std::vector<Level> open_;
  std::set<Identity> linked_;
  DirectoryListing listing_;
};

}  // namespace

Result<DirectoryListing> list_directory(const std::filesystem::path& root, const DocumentForm& form,
                                        Symlinks symlinks, const Interruption& interruption) {
  return Lister(root, form, symlinks).list(interruption);
}

}  // namespace freshet::sources::folder
