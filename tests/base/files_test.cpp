#include "base/files.h"

#include <sys/stat.h>

#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet {
namespace {

using ::testing::_;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::Succeeds;
using testing::TemporaryDirectory;

TEST(Files, ReplacesAFileWholeAndLeavesNothingBeside) {
  const TemporaryDirectory directory;
  const auto file = directory.write("a.txt", "old");

  ASSERT_THAT(write_file_atomically(file, "new"), Succeeds());

  ASSERT_SUCCEEDS(const std::string bytes, read_file(file));
  EXPECT_EQ(bytes, "new");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(Files, NamesTheFileThatIsMissing) {
  EXPECT_THAT(read_file("/nowhere/x"), FailsWith(ErrorKind::NotFound, HasSubstr("/nowhere/x")));
}

TEST(Files, ReadsUpToTheLimitAndRefusesOneByteMore) {
  const TemporaryDirectory directory;
  const auto file = directory.write("a", "12345");
  EXPECT_THAT(read_file(file, 5), Succeeds());
  EXPECT_THAT(read_file(file, 4), FailsWith(ErrorKind::Invalid, HasSubstr("larger than 4")));
}

TEST(Files, DoesNotHangOnAPipe) {
  const TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(read_file(directory / "pipe"), FailsWith(ErrorKind::Invalid, HasSubstr("regular")));
}

TEST(Files, SwapsTwoDirectories) {
  const TemporaryDirectory directory;
  directory.write("one/name", "1");
  directory.write("two/name", "2");

  ASSERT_THAT(exchange_paths(directory / "one", directory / "two"), Succeeds());

  ASSERT_SUCCEEDS(const std::string bytes, read_file(directory / "one/name"));
  EXPECT_EQ(bytes, "2");
}

TEST(Files, KeepsAMappingReadableAfterTheFileIsRemoved) {
  const TemporaryDirectory directory;
  const auto file = directory.write("a", "mapped");
  ASSERT_SUCCEEDS(const MappedFile mapped, MappedFile::open(file));
  std::filesystem::remove(file);
  EXPECT_EQ(mapped.bytes(), "mapped");
}

TEST(Files, LocksOnceAndAgainAfterRelease) {
  const TemporaryDirectory directory;
  {
    ASSERT_SUCCEEDS(const FileLock held, FileLock::acquire(directory / "lock"));
    EXPECT_THAT(FileLock::acquire(directory / "lock"),
                FailsWith(ErrorKind::Locked, HasSubstr("process")));
  }
  EXPECT_THAT(FileLock::acquire(directory / "lock"), Succeeds());
}

}  // namespace
}  // namespace freshet
