#include "sources/git/history.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sources/git/git_source.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class GitHistoryTest : public ::testing::Test {
 protected:
  void sync_all() {
    EXPECT_THAT(sync(*repository_.connect(), ledger_), ::freshet::testing::Succeeds());
  }
  std::string head() { return repository_.git("rev-parse HEAD"); }
  const Provenance& provenance(const std::string& id) {
    return ledger_.documents.at(id).provenance;
  }
  std::vector<std::string> departed() const {
    std::vector<std::string> paths;
    for (const auto& [path, departure] : ledger_.departures) paths.push_back(path);
    return paths;
  }

  GitUnderTest repository_;
  MemoryLedger ledger_;
};

TEST_F(GitHistoryTest, KnowsLastCommitTimeAndAuthorsLatestFirst) {
  repository_.write("a.md", "1");
  repository_.publish_as("Ann");
  repository_.write("a.md", "2");
  repository_.publish_as("Bob");
  repository_.write("a.md", "3");
  repository_.publish_as("Ann");
  const auto last = head();
  repository_.write("b.md", "b");
  repository_.publish_as("Cy");

  sync_all();

  EXPECT_EQ(provenance("a.md").revision, last);
  EXPECT_EQ(provenance("a.md").updated_at, Instant(std::chrono::seconds(1700000000 + 2 * 3600)));
  EXPECT_THAT(provenance("a.md").authors,
              ElementsAre("Ann <Ann@example.org>", "Bob <Bob@example.org>"));
}

TEST_F(GitHistoryTest, SeesPastTheLastSyncForEarlierAuthors) {
  repository_.write("a.md", "1");
  repository_.publish_as("Ann");
  sync_all();
  repository_.write("a.md", "2");
  repository_.publish_as("Bob");

  sync_all();

  EXPECT_EQ(provenance("a.md").revision, head());
  EXPECT_THAT(provenance("a.md").authors,
              ElementsAre("Bob <Bob@example.org>", "Ann <Ann@example.org>"));
}

TEST_F(GitHistoryTest, KeepsAtMostFiveAuthors) {
  for (const std::string name : {"A", "B", "C", "D", "E", "F", "G"}) {
    repository_.write("a.md", name);
    repository_.publish_as(name);
  }

  sync_all();

  EXPECT_EQ(provenance("a.md").authors.size(), 5U);
  EXPECT_EQ(provenance("a.md").authors.front(), "G <G@example.org>");
}

TEST_F(GitHistoryTest, DoesNotTakeARenameForAnEdit) {
  repository_.write("a.md", "text");
  repository_.publish();
  const auto edit = head();
  repository_.git("mv a.md b.md");
  repository_.publish_as("Mover");

  sync_all();

  EXPECT_EQ(provenance("b.md").revision, edit);
  EXPECT_THAT(provenance("b.md").authors, ElementsAre("Ann <Ann@example.org>"));
}

TEST_F(GitHistoryTest, CreditsTheCommitOfAMergedBranch) {
  repository_.write("a.md", "1");
  repository_.write("gone.md", "gone");
  repository_.publish();
  repository_.git("checkout -q -b topic");
  repository_.write("a.md", "2");
  repository_.remove("gone.md");
  repository_.publish_as("Topic");
  const auto edit = head();
  repository_.git("checkout -q main");
  repository_.write("b.md", "b");
  repository_.publish();
  repository_.git(
      "-c user.name=Merger -c user.email=m@example.org merge -q --no-ff -m merge topic");

  sync_all();

  EXPECT_EQ(provenance("a.md").revision, edit);
  EXPECT_EQ(provenance("a.md").authors.front(), "Topic <Topic@example.org>");
  EXPECT_EQ(ledger_.departures.at("gone.md").revision, edit);
}

TEST_F(GitHistoryTest, FindsPathsThatLeftBeforeTheFirstSync) {
  repository_.write("old.md", "some text that moves\n");
  repository_.write("picture.png", "png");
  repository_.write("back.md", "back");
  repository_.publish();
  repository_.git("mv old.md new.md");
  repository_.publish();
  const auto move = head();
  repository_.remove("picture.png");
  repository_.remove("back.md");
  repository_.publish_as("Remover");
  repository_.write("back.md", "back again");
  repository_.publish();

  sync_all();

  EXPECT_THAT(departed(), ElementsAre("old.md", "picture.png"));
  EXPECT_EQ(ledger_.departures.at("old.md").moved_to, "new.md");
  EXPECT_EQ(ledger_.departures.at("old.md").revision, move);
  EXPECT_EQ(ledger_.departures.at("picture.png").author, "Remover <Remover@example.org>");
}

TEST_F(GitHistoryTest, ForgetsTheDepartureOfAPathThatReturns) {
  repository_.write("a.md", "a");
  repository_.write("keep.md", "keep");
  repository_.publish();
  sync_all();
  repository_.remove("a.md");
  repository_.publish();
  sync_all();
  EXPECT_THAT(departed(), ElementsAre("a.md"));
  repository_.write("a.md", "again");
  repository_.publish();

  sync_all();

  EXPECT_THAT(departed(), IsEmpty());
}

TEST_F(GitHistoryTest, ReportsADepartureOnceWhateverTheBatches) {
  for (const auto* path : {"a.md", "b.md", "c.md"}) repository_.write(path, path);
  repository_.publish();
  repository_.remove("b.md");
  repository_.publish();

  ASSERT_SUCCEEDS(const auto batches, sync(*repository_.connect(), ledger_, {.max_documents = 1}));

  EXPECT_THAT(departed(), ElementsAre("b.md"));
}

TEST_F(GitHistoryTest, ToleratesHistoryThatEndsInAHole) {
  repository_.write("early.md", "early");
  repository_.write("late.md", "1");
  repository_.publish();
  const auto lost = head();
  repository_.publish();
  repository_.write("late.md", "2");
  repository_.publish();
  std::filesystem::remove(repository_.work() / ".git/objects" / lost.substr(0, 2) / lost.substr(2));

  sync_all();

  EXPECT_EQ(provenance("late.md").revision, head());
  EXPECT_EQ(provenance("early.md").revision, "");
  EXPECT_EQ(ledger_.documents.size(), 2U);
}

TEST_F(GitHistoryTest, ReadsOwnersAndNoticesWhenTheyChange) {
  repository_.write("CODEOWNERS",
                    "# all\n* @org/docs\n/sub/ @ann bob@example.org # why\n/sub/none.md\n");
  repository_.write("a.md", "a");
  repository_.write("sub/b.md", "b");
  repository_.write("sub/none.md", "none");
  repository_.publish();
  sync_all();
  EXPECT_EQ(provenance("a.md").owner, "@org/docs");
  EXPECT_EQ(provenance("sub/b.md").owner, "@ann bob@example.org");
  EXPECT_EQ(provenance("sub/none.md").owner, "");
  repository_.write("CODEOWNERS", "* @org/new\n");
  repository_.publish();

  sync_all();

  EXPECT_EQ(provenance("sub/b.md").owner, "@org/new");
}

TEST_F(GitHistoryTest, CreditsBothSidesOfASwap) {
  repository_.write("a.md", "first text\n");
  repository_.publish_as("Ann");
  repository_.write("b.md", "second text, quite another\n");
  repository_.publish_as("Bob");
  repository_.git("mv a.md t.md");
  repository_.git("mv b.md a.md");
  repository_.git("mv t.md b.md");
  repository_.publish_as("Swapper");

  sync_all();

  EXPECT_EQ(provenance("a.md").revision, head());
  EXPECT_EQ(ledger_.documents.size(), 2U);
  EXPECT_THAT(departed(), IsEmpty());
}

}  // namespace
}  // namespace freshet::sources::testing
