#include "sources/git/blobs.h"

#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

Error unreadable(const git_oid& id) {
  return Error{ErrorKind::Corrupt, "git object " + to_hex(id) + " is missing or damaged (" +
                                       last_message() +
                                       "); run \"git fsck\" there, or delete the "
                                       "mirror to fetch it afresh"};
}

}  // namespace

Result<std::uint64_t> blob_size(git_repository& repository, const git_oid& id) {
  git_odb* opened = nullptr;
  if (git_repository_odb(&opened, &repository) != 0) return unreadable(id);
  const Database database(opened);
  std::size_t size = 0;
  git_object_t type = GIT_OBJECT_INVALID;
  if (git_odb_read_header(&size, &type, opened, &id) != 0) return unreadable(id);
  return std::uint64_t{size};
}

Result<std::string> read_blob(git_repository& repository, const git_oid& id) {
  git_blob* opened = nullptr;
  if (git_blob_lookup(&opened, &repository, &id) != 0) return unreadable(id);
  const Blob blob(opened);
  const auto size = static_cast<std::size_t>(git_blob_rawsize(opened));
  return std::string(static_cast<const char*>(git_blob_rawcontent(opened)), size);
}

bool is_lfs_pointer(std::string_view content) {
  constexpr std::size_t kLongestPointer = 1024;
  return content.size() < kLongestPointer &&
         (content.starts_with("version https://git-lfs.github.com/spec/") ||
          content.starts_with("version https://hawser.github.com/spec/"));
}

}  // namespace freshet::sources::git
