#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sources/folder/directory_listing.h"
#include "sources/folder/folder_version.h"
#include "sources/folder/stable_file.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::sources::folder {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::HasSubstr;

TEST(FolderVersion, ReadsBackWhatItWrote) {
  const FolderVersion version{hash128("text"), "0123456789abcdef", 4, -5};

  const auto parsed = parse_folder_version(format_folder_version(version));

  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->content, version.content);
  EXPECT_EQ(parsed->form, version.form);
  EXPECT_EQ(parsed->size, 4U);
  EXPECT_EQ(parsed->modified, -5);
}

TEST(FolderVersion, RefusesWhatItDidNotWrite) {
  for (const std::string text :
       {"", ".", "...", "abc", "abc.d.1.2", "7.7.7.7.7", "00000000000000000000000000000000.f.x.1",
        "00000000000000000000000000000000.f.1.1x"}) {
    EXPECT_FALSE(parse_folder_version(text).has_value()) << text;
  }
}

TEST(StableFile, NeverBlocksOnAPipe) {
  ::freshet::testing::TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);

  EXPECT_THAT(read_stable_file(directory / "pipe", 100, Symlinks::Skip),
              FailsWith(ErrorKind::Unavailable, HasSubstr("pipe")));
}

TEST(StableFile, ReadsNoLinkUnlessAsked) {
  ::freshet::testing::TemporaryDirectory directory;
  directory.write("a", "text");
  std::filesystem::create_symlink("a", directory / "link");

  EXPECT_FALSE(read_stable_file(directory / "link", 100, Symlinks::Skip).has_value());
  ASSERT_SUCCEEDS(const auto file, read_stable_file(directory / "link", 100, Symlinks::Follow));
  EXPECT_EQ(file.content, "text");
}

TEST(StableFile, DoesNotReadWhatIsTooLarge) {
  ::freshet::testing::TemporaryDirectory directory;
  directory.write("exact", "1234");
  directory.write("over", "12345");

  ASSERT_SUCCEEDS(const auto exact, read_stable_file(directory / "exact", 4, Symlinks::Skip));
  ASSERT_SUCCEEDS(const auto over, read_stable_file(directory / "over", 4, Symlinks::Skip));

  EXPECT_FALSE(exact.too_large);
  EXPECT_TRUE(over.too_large);
  EXPECT_THAT(over.content, ::testing::IsEmpty());
}

// The kernel says 4096 bytes and gives a few: like a file that shrinks whenever it is read.
TEST(StableFile, GivesUpOnAFileThatIsNeverAsLongAsItSays) {
  EXPECT_THAT(read_stable_file("/sys/devices/system/cpu/online", 1 << 20, Symlinks::Skip),
              FailsWith(ErrorKind::Unavailable, HasSubstr("changes while it is being read")));
}

TEST(StableFile, NamesAMissingFile) {
  EXPECT_THAT(read_stable_file("/no/such/file", 10, Symlinks::Skip),
              FailsWith(ErrorKind::NotFound, HasSubstr("/no/such/file")));
}

TEST(DirectoryListing, IsSortedByTheBytesOfThePath) {
  ::freshet::testing::TemporaryDirectory directory;
  for (const auto* path : {"a/x.md", "a.md", "a-b.md", "a0.md", "Z.md"}) directory.write(path, "");
  ASSERT_SUCCEEDS(const auto form, DocumentForm::create({}));

  ASSERT_SUCCEEDS(const auto listing, list_directory(directory.path(), form, Symlinks::Skip, {}));

  std::vector<std::string> paths;
  for (const auto& file : listing.files) paths.push_back(file.path);
  EXPECT_THAT(paths, ::testing::ElementsAre("Z.md", "a-b.md", "a.md", "a/x.md", "a0.md"));
}

}  // namespace
}  // namespace freshet::sources::folder
