#include "tests/sources/git/git_connector_fixture.h"

namespace freshet::sources::testing {
namespace {

using ::testing::ElementsAre;

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

}  // namespace
}  // namespace freshet::sources::testing
