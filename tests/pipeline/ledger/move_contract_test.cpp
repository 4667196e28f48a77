// Moves and takedowns, for every ledger.
#include <gmock/gmock.h>

#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::StoreReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LedgerMove : public LedgerTest {};
INSTANTIATE_TEST_SUITE_P(All, LedgerMove, ::testing::ValuesIn(kLedgerKinds), ledger_kind_name);

TEST_P(LedgerMove, KeepsTheHistoryUnderTheNewIdAndLeavesATombstoneForTheIndex) {
  const Instant first = clock_.now();
  store({upsert("a.md", "alpha")});
  clock_.advance(std::chrono::hours(1));

  const StoreReport report = store({moved("a.md", "b.md", "alpha")});

  EXPECT_EQ(report.moved, 1U);
  EXPECT_EQ(report.added + report.deleted, 0U);
  EXPECT_THAT(changes_after(1), ElementsAre("docs:b.md", "-docs:a.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->id, "docs:b.md");
  EXPECT_EQ(found->first_seen_at, first);
  EXPECT_THAT(found->former_ids, ElementsAre("docs:a.md"));
  ASSERT_SUCCEEDS(const auto tombstones, ledger_->tombstones("docs"));
  ASSERT_EQ(tombstones.size(), 1U);
  EXPECT_EQ(tombstones[0].evidence, "moved to b.md");
}

TEST_P(LedgerMove, ChangesNothingWhenAppliedTwice) {
  store({upsert("a.md", "alpha")});
  store({moved("a.md", "b.md", "alpha")});

  const StoreReport again = store({moved("a.md", "b.md", "alpha")});

  EXPECT_EQ(again.unchanged, 1U);
  EXPECT_EQ(again.last_sequence, 3U);
}

TEST_P(LedgerMove, FollowsAChainOfMoves) {
  store({upsert("a.md", "alpha")});
  store({moved("a.md", "b.md", "alpha")});
  store({moved("b.md", "c.md", "alpha!")});

  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));

  EXPECT_EQ(found->id, "docs:c.md");
  EXPECT_EQ(found->document.body, "alpha!");
  EXPECT_THAT(found->former_ids, ElementsAre("docs:a.md", "docs:b.md"));
}

TEST_P(LedgerMove, ReplacesTheDocumentThatLivedAtItsNewId) {
  store({upsert("a.md", "alpha"), upsert("b.md", "beta")});

  store({moved("a.md", "b.md", "alpha")});

  EXPECT_THAT(live(), ElementsAre("docs:b.md=alpha"));
  EXPECT_THAT(changes_after(2), ElementsAre("docs:b.md", "-docs:a.md"));
}

TEST_P(LedgerMove, SwapsTwoDocumentsInOneBatchAndDoesNotSwapThemBackWhenRepeated) {
  clock_.advance(std::chrono::hours(1));
  const Instant alpha_seen = clock_.now();
  store({upsert("a.md", "alpha")});
  clock_.advance(std::chrono::hours(1));
  store({upsert("b.md", "beta")});
  const std::vector<sources::Change> swap = {moved("a.md", "b.md", "alpha"),
                                             moved("b.md", "a.md", "beta")};

  const StoreReport report = store(swap);
  const StoreReport again = store(swap);

  EXPECT_EQ(report.moved, 2U);
  EXPECT_EQ(again.unchanged, 2U);
  EXPECT_EQ(again.last_sequence, report.last_sequence);
  EXPECT_THAT(live(), ElementsAre("docs:a.md=beta", "docs:b.md=alpha"));
  EXPECT_THAT(changes_after(2), ElementsAre("docs:b.md", "docs:a.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:b.md"));
  EXPECT_EQ(found->first_seen_at, alpha_seen);
}

TEST_P(LedgerMove, RotatesThreeDocumentsInAnyOrder) {
  store({upsert("a", "1"), upsert("b", "2"), upsert("c", "3")});

  store({moved("b", "c", "2"), moved("c", "a", "3"), moved("a", "b", "1")});

  EXPECT_THAT(live(), ElementsAre("docs:a=3", "docs:b=1", "docs:c=2"));
}

TEST_P(LedgerMove, LetsANewDocumentTakeTheOldId) {
  store({upsert("a.md", "alpha")});
  clock_.advance(std::chrono::hours(1));

  store({moved("a.md", "b.md", "alpha"), upsert("a.md", "something else")});

  EXPECT_THAT(live(), ElementsAre("docs:a.md=something else", "docs:b.md=alpha"));
  EXPECT_THAT(changes_after(1), ElementsAre("docs:b.md", "docs:a.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));
  EXPECT_EQ(found->document.body, "something else");
  EXPECT_EQ(found->first_seen_at, clock_.now());
}

TEST_P(LedgerMove, TreatsAMoveFromAnUnknownIdAsAnUpsert) {
  const StoreReport report = store({moved("never.md", "b.md", "beta")});

  EXPECT_EQ(report.added, 1U);
  EXPECT_THAT(live(), ElementsAre("docs:b.md=beta"));
}

TEST_P(LedgerMove, MovesThereAndBackAgain) {
  store({upsert("a.md", "alpha")});
  store({moved("a.md", "b.md", "alpha")});

  store({moved("b.md", "a.md", "alpha")});

  EXPECT_THAT(live(), ElementsAre("docs:a.md=alpha"));
  EXPECT_THAT(changes_after(3), ElementsAre("docs:a.md", "-docs:b.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:b.md"));
  EXPECT_EQ(found->id, "docs:a.md");
}

// --- takedown
// -------------------------------------------------------------------------------------

class LedgerTakedown : public LedgerTest {};
INSTANTIATE_TEST_SUITE_P(All, LedgerTakedown, ::testing::ValuesIn(kLedgerKinds), ledger_kind_name);

TEST_P(LedgerTakedown, ErasesTheDocumentAndKeepsItOut) {
  store({upsert("a.md", "secret"), upsert("b.md", "beta")});

  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), Succeeds());
  const StoreReport report = store({upsert("a.md", "secret"), upsert("a.md", "secret, edited")});

  EXPECT_EQ(report.withheld, 2U);
  EXPECT_THAT(live(), ElementsAre("docs:b.md=beta"));
  EXPECT_THAT(changes_after(2), ElementsAre("-docs:a.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));
  EXPECT_TRUE(found->deleted);
  EXPECT_THAT(found->document.body, IsEmpty());
  ASSERT_SUCCEEDS(const auto tombstones, ledger_->tombstones("docs"));
  EXPECT_EQ(tombstones.at(0).evidence, "taken down");
  ASSERT_SUCCEEDS(const auto takedowns, ledger_->takedowns());
  ASSERT_EQ(takedowns.size(), 1U);
  EXPECT_EQ(takedowns[0].id, "docs:a.md");
  EXPECT_EQ(takedowns[0].reason, "request 17");
}

TEST_P(LedgerTakedown, KeepsItOutUnderTheIdItMovesTo) {
  store({upsert("a.md", "secret")});
  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), Succeeds());

  store({moved("a.md", "b.md", "secret")});
  const StoreReport report = store({upsert("b.md", "secret, edited")});

  EXPECT_EQ(report.withheld, 1U);
  EXPECT_THAT(live(), IsEmpty());
}

TEST_P(LedgerTakedown, KeepsItOutWhenTheSourceCannotTellThatItMoved) {
  store({upsert("a.md", "secret")});
  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), Succeeds());

  const StoreReport report = store({upsert("b.md", "secret")});

  EXPECT_EQ(report.withheld, 1U);
  EXPECT_THAT(live(), IsEmpty());
}

TEST_P(LedgerTakedown, RemovesADocumentThatMovesOntoATakenDownId) {
  store({upsert("a.md", "secret"), upsert("b.md", "beta")});
  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), Succeeds());

  store({moved("b.md", "a.md", "beta")});

  EXPECT_THAT(live(), IsEmpty());
}

TEST_P(LedgerTakedown, FindsTheDocumentByItsFormerId) {
  store({upsert("a.md", "secret")});
  store({moved("a.md", "b.md", "secret")});

  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), Succeeds());

  EXPECT_THAT(live(), IsEmpty());
  ASSERT_SUCCEEDS(const auto takedowns, ledger_->takedowns());
  EXPECT_EQ(takedowns.at(0).id, "docs:b.md");
}

TEST_P(LedgerTakedown, SaysSoWhenThereIsNoSuchDocument) {
  EXPECT_THAT(ledger_->forget("docs:none.md", "x"),
              FailsWith(ErrorKind::NotFound, HasSubstr("docs:none.md")));
}

TEST_P(LedgerTakedown, IsTheSameWhenRepeated) {
  store({upsert("a.md", "secret")});
  ASSERT_THAT(ledger_->forget("docs:a.md", "first"), Succeeds());

  ASSERT_THAT(ledger_->forget("docs:a.md", "second"), Succeeds());

  EXPECT_THAT(changes_after(2), IsEmpty());
}

}  // namespace
}  // namespace freshet::testing
