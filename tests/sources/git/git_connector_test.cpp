#include "sources/git/git_connector.h"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class GitConnectorTest : public ::testing::Test {
 protected:
  /// Syncs with a connector of its own, as each run of the program does.
  std::vector<Batch> sync_all(SyncOptions options = {}) {
    auto batches = sync(*repository_.connect(), ledger_, options);
    EXPECT_THAT(batches, ::freshet::testing::Succeeds());
    return batches ? *std::move(batches) : std::vector<Batch>(1);
  }
  Error failure() {
    auto batch = fetch(*repository_.connect(), ledger_);
    EXPECT_FALSE(batch.has_value());
    return batch ? Error{ErrorKind::Internal, "it succeeded"} : std::move(batch).error();
  }
  /// Deletes the object that holds a file's present content.
  void lose_blob(const std::string& path) {
    lose_object(repository_.git("rev-parse HEAD:" + path));
  }
  void lose_object(const std::string& id) {
    const auto file = repository_.work() / ".git/objects" / id.substr(0, 2) / id.substr(2);
    ASSERT_TRUE(std::filesystem::remove(file)) << file;
  }
  static const Change* find(const std::vector<Change>& changes, const std::string& id) {
    for (const auto& change : changes) {
      if (change.external_id == id) return &change;
    }
    return nullptr;
  }
  static std::string lines(int count, const std::string& word) {
    std::string text;
    for (int i = 0; i < count; ++i) text += word + " line " + std::to_string(i) + "\n";
    return text;
  }

  GitUnderTest repository_;
  MemoryLedger ledger_;
};

TEST_F(GitConnectorTest, FollowsAForcePushWithoutLosingOrDuplicating) {
  repository_.write("kept.md", "kept");
  repository_.publish();
  const auto base = repository_.git("rev-parse HEAD");
  repository_.write("dropped.md", "dropped");
  repository_.write("kept.md", "edited");
  repository_.publish();
  sync_all();
  repository_.git("reset -q --hard " + base);
  repository_.write("other.md", "other");
  repository_.publish();

  const auto batches = sync_all();

  EXPECT_THAT(ledger_.bodies(),
              ElementsAre(std::pair("kept.md", "kept"), std::pair("other.md", "other")));
  ASSERT_TRUE(ledger_.departures.contains("dropped.md"));
  EXPECT_EQ(ledger_.departures.at("dropped.md").revision, repository_.git("rev-parse HEAD"));
}

TEST_F(GitConnectorTest, ComparesEverythingWhenTheSyncedCommitIsLost) {
  repository_.write("a.md", "a");
  repository_.write("b.md", "b");
  repository_.publish();
  sync_all();
  ledger_.cursor.replace(ledger_.cursor.find("\"synced\":\"") + 10, 4, "0000");
  repository_.remove("b.md");
  repository_.write("c.md", "c");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  EXPECT_EQ(changes.size(), 2U);
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a"), std::pair("c.md", "c")));
}

TEST_F(GitConnectorTest, FollowsARenameThatEditsTheText) {
  repository_.write("old.md", lines(20, "same"));
  repository_.publish();
  sync_all();
  repository_.remove("old.md");
  repository_.write("new.md", lines(20, "same") + "one more\n");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].moved_from, "old.md");
  EXPECT_EQ(ledger_.departures.at("old.md").moved_to, "new.md");
}

TEST_F(GitConnectorTest, FollowsAChainOfRenamesBetweenTwoSyncs) {
  repository_.write("a.md", lines(20, "same"));
  repository_.publish();
  sync_all();
  repository_.git("mv a.md b.md");
  repository_.publish();
  repository_.git("mv b.md c.md");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].external_id, "c.md");
  EXPECT_EQ(changes[0].moved_from, "a.md");
  EXPECT_EQ(ledger_.departures.at("a.md").moved_to, "b.md");
  EXPECT_EQ(ledger_.departures.at("b.md").moved_to, "c.md");
}

TEST_F(GitConnectorTest, NamesTheFormerPathOfARenamedAndEditedPageThatTheLedgerNoLongerHolds) {
  repository_.write("taken down.md", lines(20, "same"));
  repository_.publish();
  sync_all();
  ledger_.documents.clear();
  repository_.remove("taken down.md");
  repository_.write("back.md", lines(20, "same") + "one more\n");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].moved_from, "taken down.md");
}

TEST_F(GitConnectorTest, FollowsSmallEditsThroughSeveralRenamesToAnUnlikeText) {
  repository_.write("a.md", lines(12, "first") + lines(20, "second"));
  repository_.publish();
  sync_all();
  repository_.remove("a.md");
  repository_.write("b.md", lines(20, "second") + lines(20, "third"));
  repository_.publish();
  repository_.remove("b.md");
  repository_.write("c.md", lines(20, "third") + lines(12, "fourth"));
  repository_.publish();

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].external_id, "c.md");
  EXPECT_EQ(changes[0].moved_from, "a.md");
}

TEST_F(GitConnectorTest, NamesTheFormerPathWhenTheSyncedCommitIsLost) {
  repository_.write("older.md", lines(20, "same"));
  repository_.publish();
  repository_.git("mv older.md old.md");
  repository_.publish();
  sync_all();
  ledger_.documents.clear();
  ledger_.cursor.replace(ledger_.cursor.find("\"synced\":\"") + 10, 4, "0000");
  repository_.remove("old.md");
  repository_.write("new.md", lines(20, "same") + "one more\n");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].moved_from, "old.md");
}

TEST_F(GitConnectorTest, MovesNothingAwayThatMayBeInADirectoryThatCannotBeListed) {
  repository_.write("page.md", lines(20, "same"));
  repository_.publish();
  sync_all();
  repository_.git("mv page.md renamed.md");
  repository_.publish();
  repository_.write("d/kept.md", "kept");
  repository_.publish();
  lose_object(repository_.git("rev-parse HEAD:d"));

  const auto changes = changes_of(sync_all());

  ASSERT_NE(find(changes, "renamed.md"), nullptr);
  EXPECT_FALSE(find(changes, "renamed.md")->moved_from.has_value());
  EXPECT_TRUE(ledger_.documents.contains("page.md"));
}

TEST_F(GitConnectorTest, LosesNothingWhenARenameGoesOverAnExistingDocument) {
  repository_.write("a.md", lines(20, "first"));
  repository_.write("b.md", lines(20, "second"));
  repository_.publish();
  sync_all();
  repository_.git("mv -f a.md b.md");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("b.md", lines(20, "first"))));
  EXPECT_FALSE(find(changes, "b.md")->moved_from.has_value());
}

TEST_F(GitConnectorTest, KeepsBothOfTwoEqualDocumentsThatMove) {
  for (const auto* path : {"x/a.md", "y/b.md"}) repository_.write(path, "equal");
  repository_.publish();
  sync_all();
  repository_.git("mv x/a.md a.md");
  repository_.git("mv y/b.md b.md");
  repository_.publish();

  const auto changes = changes_of(sync_all({.max_documents = 1}));

  EXPECT_EQ(find(changes, "a.md")->moved_from, "x/a.md");
  EXPECT_EQ(find(changes, "b.md")->moved_from, "y/b.md");
  EXPECT_EQ(ledger_.documents.size(), 2U);
}

TEST_F(GitConnectorTest, KeepsADocumentWhoseNewTextIsMissing) {
  repository_.write("a.md", "a");
  repository_.write("gone.md", "gone");
  repository_.publish();
  sync_all();
  repository_.write("a.md", "lost text");
  repository_.remove("gone.md");
  repository_.publish();
  lose_blob("a.md");

  const auto batches = sync_all();

  const auto changes = changes_of(batches);
  ASSERT_NE(find(changes, "a.md"), nullptr);
  EXPECT_EQ(find(changes, "a.md")->kind, ChangeKind::Unknown);
  EXPECT_THAT(find(changes, "a.md")->evidence, HasSubstr("missing or damaged"));
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a")));
}

TEST_F(GitConnectorTest, ReadsAMissingTextOnceItIsBack) {
  repository_.write("a.md", "a");
  repository_.publish();
  sync_all();
  repository_.write("a.md", "found again");
  repository_.publish();
  lose_blob("a.md");
  sync_all();
  const auto cursor = ledger_.cursor;
  sync_all();
  EXPECT_EQ(ledger_.cursor, cursor);
  repository_.git("hash-object -w a.md");

  sync_all();

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "found again")));
}

TEST_F(GitConnectorTest, DeletesNothingWhileANewDocumentCannotBeRead) {
  repository_.write("old.md", lines(20, "same"));
  repository_.publish();
  sync_all();
  repository_.git("mv old.md new.md");
  repository_.write("new.md", lines(20, "same") + "edited\n");
  repository_.publish();
  lose_blob("new.md");

  const auto batches = sync_all();

  EXPECT_FALSE(batches.back().complete);
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("new.md")));
  EXPECT_TRUE(ledger_.documents.contains("old.md"));
}

TEST_F(GitConnectorTest, DeletesNothingWhileADirectoryCannotBeListed) {
  repository_.write("d/a.md", "a");
  repository_.write("b.md", "b");
  repository_.publish();
  sync_all();
  repository_.write("d/a.md", "changed");
  repository_.remove("b.md");
  repository_.write("c.md", "c");
  repository_.publish();
  lose_object(repository_.git("rev-parse HEAD:d"));

  const auto batches = sync_all();

  EXPECT_FALSE(batches.back().complete);
  EXPECT_THAT(batches.back().problems, ElementsAre(HasSubstr("cannot list d")));
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("b.md", "b"), std::pair("c.md", "c"),
                                            std::pair("d/a.md", "a")));
}

TEST_F(GitConnectorTest, CountsWhatItPassesOver) {
  repository_.write("a.md", "a");
  repository_.write("big.md", std::string(200, 'x'));
  repository_.write("lfs.md",
                    "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
  std::filesystem::create_symlink("a.md", repository_.work() / "link.md");
  repository_.write("bad\xff.md", "name");
  repository_.publish();
  repository_.git("update-index --add --cacheinfo 160000," + repository_.git("rev-parse HEAD") +
                  ",sub");
  repository_.git("-c user.name=x -c user.email=x@x commit -q -m sub");
  repository_.settings.max_document_bytes = 100;

  const auto batches = sync_all();

  EXPECT_THAT(batches.back().skipped,
              ElementsAre(std::pair("lfs_pointer", 1U), std::pair("not_utf8_name", 1U),
                          std::pair("submodule", 1U), std::pair("symlink", 1U),
                          std::pair("too_large", 1U)));
  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "a")));
  EXPECT_TRUE(batches.back().complete);
}

TEST_F(GitConnectorTest, KeepsADocumentThatGrewTooLargeOrMovedToLfs) {
  repository_.write("a.md", "a");
  repository_.write("b.md", "b");
  repository_.publish();
  sync_all();
  repository_.settings.max_document_bytes = 100;
  repository_.write("a.md", std::string(200, 'x'));
  repository_.write("b.md", "version https://git-lfs.github.com/spec/v1\n");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  EXPECT_EQ(find(changes, "a.md")->kind, ChangeKind::Unknown);
  EXPECT_EQ(find(changes, "b.md")->kind, ChangeKind::Unknown);
  EXPECT_EQ(ledger_.documents.size(), 2U);
}

TEST_F(GitConnectorTest, ComparesAgainWhenSettingsChange) {
  repository_.write("docs/a.md", "a");
  repository_.write("other/b.md", "b");
  repository_.publish();
  sync_all();
  repository_.settings.include = {"docs/**"};
  repository_.settings.url = "https://d.example/{path_without_extension}";
  repository_.settings.principals = {"staff"};

  const auto changes = changes_of(sync_all());

  EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("docs/a.md", "a")));
  EXPECT_EQ(ledger_.documents.at("docs/a.md").url, "https://d.example/docs/a");
  EXPECT_THAT(ledger_.documents.at("docs/a.md").allow, ElementsAre("staff"));
  EXPECT_EQ(find(changes, "other/b.md")->evidence, kNoLongerSelected);
}

TEST_F(GitConnectorTest, NamesTheCommitThatDeleted) {
  repository_.write("a.md", "a");
  repository_.write("b.md", "b");
  repository_.publish();
  sync_all();
  repository_.remove("a.md");
  repository_.publish();
  const auto commit = repository_.git("rev-parse HEAD");
  repository_.write("b.md", "later");
  repository_.publish();

  const auto changes = changes_of(sync_all());

  EXPECT_EQ(find(changes, "a.md")->evidence, "deleted in " + commit.substr(0, 8));
  EXPECT_TRUE(find(changes, "a.md")->happened_at.has_value());
}

TEST_F(GitConnectorTest, KeepsTheWantedBranchTagOrCommitApart) {
  repository_.write("a.md", "one");
  repository_.publish();
  const auto first = repository_.git("rev-parse HEAD");
  repository_.git("-c user.name=x -c user.email=x@x tag -a v1 -m v1");
  repository_.git("branch stable");
  repository_.write("a.md", "two");
  repository_.publish();

  for (const auto& revision : {std::string("v1"), std::string("stable"), first, first.substr(0, 10),
                               std::string("refs/heads/stable")}) {
    repository_.git_settings().revision = revision;
    sync_all();
    EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "one"))) << revision;
    repository_.git_settings().revision = "";
    sync_all();
    EXPECT_THAT(ledger_.bodies(), ElementsAre(std::pair("a.md", "two")));
  }
}

TEST_F(GitConnectorTest, SaysWhatIsMissing) {
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr("HEAD")));
  repository_.write("a.md", "a");
  repository_.publish();
  repository_.git_settings().revision = "nosuch";
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr("\"nosuch\"")));
  repository_.git_settings().repository = "/no/such/place";
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::NotFound, HasSubstr("/no/such/place")));
  repository_.git_settings().repository = "ftp://example.org/x";
  EXPECT_THAT(fetch(*repository_.connect(), ledger_),
              FailsWith(ErrorKind::Invalid, HasSubstr("ftp")));
}

}  // namespace
}  // namespace freshet::sources::testing
