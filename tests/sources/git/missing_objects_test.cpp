#include "tests/sources/git/git_connector_fixture.h"

namespace freshet::sources::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

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

}  // namespace
}  // namespace freshet::sources::testing
