#include "sources/git/git_connector.h"

#include "tests/sources/git/git_connector_fixture.h"

namespace freshet::sources::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

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
