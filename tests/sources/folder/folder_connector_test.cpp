#include "sources/folder/folder_connector.h"

#include <filesystem>
#include <string>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/sources/folder/folder_source.h"
#include "tests/sources/support/syncing.h"
#include "tests/support/manual_clock.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

class FolderConnectorTest : public ::testing::Test {
 protected:
  FolderConnectorTest() { clock_.set(SystemClock().now() + std::chrono::hours(1)); }

  std::unique_ptr<Connector> connect() {
    auto connector = folder::create_folder(source_.settings, clock_);
    EXPECT_THAT(connector, ::freshet::testing::Succeeds());
    return *std::move(connector);
  }
  /// Syncs with a connector of its own, as each run of the program does.
  std::vector<Batch> sync_all() {
    auto batches = sync(*connect(), ledger_);
    EXPECT_THAT(batches, ::freshet::testing::Succeeds());
    return batches ? *std::move(batches) : std::vector<Batch>(1);
  }
  /// Sets a file's modification time.
  void touch(const std::string& path, std::time_t seconds) {
    const timespec times[2] = {{seconds, 0}, {seconds, 0}};
    ASSERT_EQ(::utimensat(AT_FDCWD, (source_.directory / path).c_str(), times, 0), 0);
  }

  FolderUnderTest source_;
  ::freshet::testing::ManualClock clock_;
  MemoryLedger ledger_;
};

TEST_F(FolderConnectorTest, TakesTheModificationTimeForTheTimeOfTheText) {
  source_.write("a.md", "a");
  touch("a.md", 1'600'000'000);

  sync_all();

  EXPECT_EQ(ledger_.documents.at("a.md").provenance.updated_at,
            Instant(std::chrono::seconds(1'600'000'000)));
}

TEST_F(FolderConnectorTest, SaysThatTheFolderIsMissingInsteadOfDeletingEverything) {
  source_.write("a.md", "a");
  sync_all();
  fs::remove_all(source_.directory.path());

  EXPECT_THAT(fetch(*connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr(source_.directory.path().string())));
}

TEST_F(FolderConnectorTest, RefusesAFileAsRoot) {
  source_.write("a.md", "a");
  std::get<config::FolderSettings>(source_.settings.kind).path = source_.directory / "a.md";

  EXPECT_THAT(fetch(*connect(), ledger_),
              FailsWith(ErrorKind::Invalid, HasSubstr("not a directory")));
}

TEST_F(FolderConnectorTest, EnumeratesAnEmptiedFolderAsEmpty) {
  source_.write("a.md", "a");
  sync_all();
  source_.remove("a.md");

  const auto batches = sync_all();

  EXPECT_TRUE(batches.back().complete);
  EXPECT_THAT(ledger_.documents, IsEmpty());
}

TEST_F(FolderConnectorTest, ReportsNoChangeForATouchedFileOfEqualContent) {
  source_.write("a.md", "a");
  sync_all();
  const auto cursor = ledger_.cursor;
  touch("a.md", 1'600'000'000);

  const auto batches = sync_all();

  EXPECT_THAT(changes_of(batches), IsEmpty());
  EXPECT_EQ(ledger_.cursor, cursor);
}

TEST_F(FolderConnectorTest, KeepsItsCursorWhileTheLedgerRefusesADocument) {
  source_.write("a.md", "a");
  source_.write("forgotten.md", "forgotten");
  sync_all();
  const auto cursor = ledger_.cursor;
  for (int i = 0; i < 3; ++i) {
    ledger_.documents.erase("forgotten.md");
    clock_.advance(std::chrono::hours(1));

    sync_all();

    EXPECT_EQ(ledger_.cursor, cursor);
  }
}

TEST_F(FolderConnectorTest, SeesAnEditWithinTheSameTickOfEqualLengthAndTime) {
  source_.write("a.md", "one");
  touch("a.md", 1'600'000'000);
  clock_.set(SystemClock().now());
  sync_all();
  source_.write("a.md", "two");
  touch("a.md", 1'600'000'000);

  sync_all();

  EXPECT_EQ(ledger_.documents.at("a.md").body, "two");
}

TEST_F(FolderConnectorTest, CountsWhatItPassesOver) {
  source_.write("a.md", "a");
  source_.write("big.md", std::string(200, 'x'));
  source_.write("bad\xff.md", "name");
  fs::create_symlink("a.md", source_.directory / "link.md");
  ASSERT_EQ(::mkfifo((source_.directory / "pipe.md").c_str(), 0600), 0);
  source_.settings.max_document_bytes = 100;

  const auto batches = sync_all();

  EXPECT_THAT(batches.back().skipped,
              ElementsAre(std::pair("not_utf8_name", 1U), std::pair("special_file", 1U),
                          std::pair("symlink", 1U), std::pair("too_large", 1U)));
  EXPECT_EQ(ledger_.documents.size(), 1U);
  EXPECT_TRUE(batches.back().complete);
}

TEST_F(FolderConnectorTest, KeepsADocumentThatGrewTooLarge) {
  source_.write("a.md", "a");
  sync_all();
  source_.settings.max_document_bytes = 100;
  source_.write("a.md", std::string(200, 'x'));

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].kind, ChangeKind::Unknown);
  EXPECT_EQ(ledger_.documents.at("a.md").body, "a");
}

TEST_F(FolderConnectorTest, FollowsLinksWhenAskedButNeverInCircles) {
  source_.write("d/a.md", "a");
  ::freshet::testing::TemporaryDirectory elsewhere;
  elsewhere.write("b.md", "b");
  fs::create_directory_symlink("..", source_.directory / "d/up");
  fs::create_directory_symlink(elsewhere.path(), source_.directory / "out");
  fs::create_symlink("d/a.md", source_.directory / "link.md");
  fs::create_symlink("nowhere", source_.directory / "dangling.md");
  std::get<config::FolderSettings>(source_.settings.kind).follow_symlinks = true;

  const auto batches = sync_all();

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("d/a.md", "a"), std::pair("link.md", "a"),
                                            std::pair("out/b.md", "b")));
  EXPECT_THAT(batches.back().skipped,
              ElementsAre(std::pair("symlink", 1U), std::pair("symlink_loop", 1U)));
}

TEST_F(FolderConnectorTest, ComparesAgainWhenSettingsChange) {
  source_.write("a.md", "a");
  source_.write("b.txt", "b");
  sync_all();
  source_.settings.exclude = {"*.txt"};
  source_.settings.principals = {"staff"};

  sync_all();

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a")));
  EXPECT_THAT(ledger_.documents.at("a.md").allow, ElementsAre("staff"));
}

TEST_F(FolderConnectorTest, DoesNotGuessWhichOfTwoEqualFilesMoved) {
  source_.write("x/a.md", "equal");
  source_.write("y/b.md", "equal");
  sync_all();
  fs::rename(source_.directory / "x", source_.directory / "z");
  fs::rename(source_.directory / "y", source_.directory / "w");

  const auto changes = changes_of(sync_all());

  for (const auto& change : changes) EXPECT_FALSE(change.moved_from.has_value());
  EXPECT_THAT(ledger_.bodies(),
              ElementsAre(std::pair("w/b.md", "equal"), std::pair("z/a.md", "equal")));
}

TEST_F(FolderConnectorTest, NoticesADirectoryReplacedByAnOlderOne) {
  source_.write("docs/a.md", "one");
  source_.write("prepared/a.md", "two");
  touch("docs/a.md", 1'600'000'000);
  touch("prepared/a.md", 1'500'000'000);
  source_.settings.include = {"docs/**"};
  sync_all();
  fs::remove_all(source_.directory / "docs");
  fs::rename(source_.directory / "prepared", source_.directory / "docs");

  sync_all();

  EXPECT_EQ(ledger_.documents.at("docs/a.md").body, "two");
}

TEST_F(FolderConnectorTest, DeletesNothingBelowADirectoryThatIsTooDeep) {
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "d/";
  source_.write("top.md", "top");
  source_.write("gone.md", "gone");
  sync_all();
  source_.write(deep + "a.md", "deep");
  source_.remove("gone.md");

  const auto batches = sync_all();

  EXPECT_FALSE(batches.back().complete);
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("256 directories")));
  EXPECT_TRUE(ledger_.documents.contains("gone.md"));
}

}  // namespace
}  // namespace freshet::sources::testing
