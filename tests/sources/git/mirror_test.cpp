#include "sources/git/mirror.h"

#include <chrono>
#include <filesystem>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sources/git/address.h"
#include "sources/git/handles.h"
#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class GitMirrorTest : public ::testing::Test {
 protected:
  void sync_all() {
    EXPECT_THAT(sync(*repository_.connect(), ledger_), ::freshet::testing::Succeeds());
  }
  std::map<std::string, fs::file_time_type> mirror_files() {
    std::map<std::string, fs::file_time_type> files;
    for (const auto& entry : fs::recursive_directory_iterator(repository_.mirror())) {
      files[entry.path().string()] = entry.last_write_time();
    }
    return files;
  }

  GitUnderTest repository_{GitUnderTest::Access::ThroughMirror};
  MemoryLedger ledger_;
};

TEST_F(GitMirrorTest, ChangesNoFileWhenNothingIsNew) {
  repository_.write("a.md", "a");
  repository_.publish();
  sync_all();
  const auto before = mirror_files();
  ASSERT_FALSE(before.empty());

  sync_all();

  EXPECT_EQ(mirror_files(), before);
}

TEST_F(GitMirrorTest, FetchesBranchTagAndCommit) {
  repository_.write("a.md", "one");
  repository_.publish();
  const auto first = repository_.git("rev-parse HEAD");
  repository_.git("-c user.name=x -c user.email=x@x tag -a v1 -m v1");
  repository_.git("branch stable");
  repository_.write("a.md", "two");
  repository_.publish();

  for (const auto& revision : {std::string("v1"), std::string("stable"), first}) {
    repository_.git_settings().revision = revision;
    repository_.git_settings().mirror = repository_.directory / ("mirror-" + revision);
    sync_all();
    EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "one"))) << revision;
  }
}

TEST_F(GitMirrorTest, NeedsNobodyForACommitItHas) {
  repository_.write("a.md", "one");
  repository_.publish();
  repository_.git_settings().revision = repository_.git("rev-parse HEAD");
  sync_all();
  fs::remove_all(repository_.work());

  sync_all();

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "one")));
}

TEST_F(GitMirrorTest, StartsAgainWhenTheMirrorWasDeleted) {
  repository_.write("a.md", "a");
  repository_.publish();
  sync_all();
  fs::remove_all(repository_.mirror());
  repository_.write("b.md", "b");
  repository_.publish();

  sync_all();

  EXPECT_EQ(ledger_.documents.size(), 2U);
}

TEST_F(GitMirrorTest, SaysWhatIsWrongWithARemote) {
  repository_.write("a.md", "a");
  repository_.publish();
  repository_.git_settings().revision = "nosuch";
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr("\"nosuch\"")));
  repository_.git_settings().repository = "file:///no/such/place";
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr("/no/such/place")));
  // Nobody listens on port 1.
  repository_.git_settings().repository = "http://user:hush@127.0.0.1:1/x.git";
  const auto refused = fetch(*repository_.connect(), ledger_);
  EXPECT_THAT(refused, FailsWith(ErrorKind::Unavailable, HasSubstr("127.0.0.1")));
  EXPECT_EQ(refused.error().message.find("hush"), std::string::npos);
}

TEST_F(GitMirrorTest, StopsAFetchOnRequest) {
  repository_.write("a.md", "a");
  repository_.publish();
  const git::Library library;
  const SystemClock clock;
  const Interruption interruption({}, clock, Instant{});

  const auto origin = git::open_mirror(repository_.git_settings(), interruption);

  EXPECT_THAT(origin, FailsWith(ErrorKind::Interrupted, HasSubstr("stopped")));
}

TEST(GitAddress, TellsDirectoriesFromRemotes) {
  using git::AddressKind;
  EXPECT_EQ(git::address_kind("/srv/docs"), AddressKind::Directory);
  EXPECT_EQ(git::address_kind("./a:b"), AddressKind::Directory);
  EXPECT_EQ(git::address_kind("file:///srv/docs"), AddressKind::Mirrored);
  EXPECT_EQ(git::address_kind("https://example.org/x.git"), AddressKind::Mirrored);
  EXPECT_EQ(git::address_kind("git@example.org:team/docs.git"), AddressKind::Mirrored);
  EXPECT_EQ(git::address_kind("ftp://example.org"), AddressKind::Unsupported);
}

TEST(GitAddress, HidesPasswordsInMessages) {
  EXPECT_EQ(git::printable_address("https://u:p%40@h/x@y"), "https://u:***@h/x@y");
  EXPECT_EQ(git::printable_address("https://u@h/x"), "https://u@h/x");
  EXPECT_EQ(git::printable_address("git@h:x"), "git@h:x");
}

}  // namespace
}  // namespace freshet::sources::testing
