// Derived text, vectors, runs and generations, for every ledger.
#include <gmock/gmock.h>

#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

class LedgerDerived : public LedgerTest {
 protected:
  static pipeline::DerivedDocument derived(std::string id, std::vector<std::string> hashes) {
    pipeline::DerivedDocument result;
    result.document_id = std::move(id);
    result.title = "Title";
    result.language = "en";
    result.owner = "team";
    for (std::string& hash : hashes) {
      result.passages.push_back({result.passages.size(), std::move(hash), "A > B", {1, 2, 3, 4}});
    }
    result.links = {{"", "", "../x.md", "x", "see x", 7, "link"},
                    {"", "", "y.png", "", "![](y)", 2, "image"}};
    result.anchors = {"top", "top", "usage"};
    return result;
  }
};
INSTANTIATE_TEST_SUITE_P(All, LedgerDerived, ::testing::ValuesIn(kLedgerKinds), ledger_kind_name);

TEST_P(LedgerDerived, KeepsWhatWasDerivedAndShowsItWithTheDocument) {
  store({upsert("a.md", "alpha")});

  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1", "h2"})}), Succeeds());
  reopen();

  ASSERT_SUCCEEDS(const auto passages, ledger_->passages("docs:a.md"));
  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(passages[1].ordinal, 1U);
  EXPECT_EQ(passages[1].text_hash, "h2");
  EXPECT_EQ(passages[1].heading_path, "A > B");
  EXPECT_EQ(passages[1].range, (index::SourceRange{1, 2, 3, 4}));
  ASSERT_SUCCEEDS(const auto links, ledger_->links("docs"));
  ASSERT_THAT(links, SizeIs(2));
  EXPECT_EQ(links[0].target, "y.png");
  EXPECT_EQ(links[1].document_id, "docs:a.md");
  EXPECT_EQ(links[1].path, "a.md");
  EXPECT_EQ(links[1].line, 7U);
  ASSERT_SUCCEEDS(const auto anchors, ledger_->anchors("docs"));
  ASSERT_THAT(anchors, SizeIs(2));
  EXPECT_EQ(anchors[1].anchor, "usage");
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));
  EXPECT_EQ(found->shown.title, "Title");
  EXPECT_EQ(found->shown.owner, "team");
}

TEST_P(LedgerDerived, CountsThePublishedDocumentsThatGaveNoPassage) {
  store({upsert("a.md", "alpha"), upsert("b.md", "beta"), upsert("new.md", "not published yet")});

  ASSERT_THAT(
      ledger_->store_derived(std::vector{derived("docs:a.md", {"h1"}), derived("docs:b.md", {})}),
      Succeeds());

  ASSERT_SUCCEEDS(const auto count, ledger_->count_without_passages("docs"));
  EXPECT_EQ(count, 1U);
  ASSERT_SUCCEEDS(const auto elsewhere, ledger_->count_without_passages("other"));
  EXPECT_EQ(elsewhere, 0U);
}

TEST_P(LedgerDerived, ReplacesItWhole) {
  store({upsert("a.md", "alpha")});
  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1", "h2"})}), Succeeds());

  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h3"})}), Succeeds());

  ASSERT_SUCCEEDS(const auto passages, ledger_->passages("docs:a.md"));
  EXPECT_THAT(passages, SizeIs(1));
}

TEST_P(LedgerDerived, ForgetsItWithTheDocumentAndRefusesItAfterwards) {
  store({upsert("a.md", "alpha")});
  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1"})}), Succeeds());
  store({removal("a.md")});

  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1"})}), Succeeds());

  ASSERT_SUCCEEDS(const auto passages, ledger_->passages("docs:a.md"));
  EXPECT_THAT(passages, IsEmpty());
  ASSERT_SUCCEEDS(const auto links, ledger_->links("docs"));
  EXPECT_THAT(links, IsEmpty());
}

TEST_P(LedgerDerived, CachesVectorsPerEncoderInHalfPrecision) {
  const std::vector<std::string> hashes = {"h1", "h2"};
  const std::vector<std::vector<float>> vectors = {{0.5F, -0.25F}, {1.0F, 0.1F}};
  ASSERT_THAT(ledger_->cache_vectors("encoder 1", hashes, vectors), Succeeds());
  reopen();

  ASSERT_SUCCEEDS(const auto found,
                  ledger_->cached_vectors("encoder 1", std::vector<std::string>{"h2", "h3", "h1"}));
  ASSERT_SUCCEEDS(const auto other, ledger_->cached_vectors("encoder 2", hashes));

  ASSERT_THAT(found, SizeIs(3));
  EXPECT_THAT(found[0], Optional(ElementsAre(1.0F, ::testing::FloatNear(0.1F, 1e-4F))));
  EXPECT_EQ(found[1], std::nullopt);
  EXPECT_THAT(found[2], Optional(ElementsAre(0.5F, -0.25F)));
  EXPECT_THAT(other, ElementsAre(std::nullopt, std::nullopt));
}

TEST_P(LedgerDerived, PrunesVectorsOfOtherEncodersAndOfTextsThatAreGone) {
  store({upsert("a.md", "alpha")});
  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1"})}), Succeeds());
  const std::vector<std::string> hashes = {"h1", "h2"};
  const std::vector<std::vector<float>> vectors = {{1.0F}, {1.0F}};
  ASSERT_THAT(ledger_->cache_vectors("old", hashes, vectors), Succeeds());
  ASSERT_THAT(ledger_->cache_vectors("new", hashes, vectors), Succeeds());

  ASSERT_SUCCEEDS(const std::uint64_t pruned, ledger_->prune_vectors("new"));
  ASSERT_SUCCEEDS(const std::uint64_t again, ledger_->prune_vectors("new"));

  EXPECT_EQ(pruned, 3U);
  EXPECT_EQ(again, 0U);
  ASSERT_SUCCEEDS(const auto found, ledger_->cached_vectors("new", hashes));
  EXPECT_TRUE(found[0].has_value());
  EXPECT_FALSE(found[1].has_value());
}

TEST_P(LedgerDerived, ErasesTheVectorsOfATakenDownText) {
  store({upsert("a.md", "alpha")});
  ASSERT_THAT(ledger_->store_derived(std::vector{derived("docs:a.md", {"h1"})}), Succeeds());
  const std::vector<std::string> hashes = {"h1"};
  ASSERT_THAT(ledger_->cache_vectors("e", hashes, std::vector<std::vector<float>>{{1.0F}}),
              Succeeds());

  ASSERT_THAT(ledger_->forget("docs:a.md", "x"), Succeeds());

  ASSERT_SUCCEEDS(const auto found, ledger_->cached_vectors("e", hashes));
  EXPECT_FALSE(found[0].has_value());
}

TEST_P(LedgerDerived, RemembersRunsNewestFirst) {
  ASSERT_SUCCEEDS(const std::int64_t first, ledger_->begin_run("sync", "docs"));
  clock_.advance(std::chrono::seconds(5));
  pipeline::RunOutcome outcome;
  outcome.status = pipeline::RunStatus::CompletedWithErrors;
  outcome.message = "one page could not be read";
  outcome.errors.assign(1500, "docs:a.md: no text");
  outcome.counts = {{"added", 3}};
  ASSERT_THAT(ledger_->finish_run(first, outcome), Succeeds());
  ASSERT_SUCCEEDS(const std::int64_t second, ledger_->begin_run("sync", "kb"));
  reopen();

  ASSERT_SUCCEEDS(const auto runs, ledger_->runs(10));

  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_EQ(runs[0].id, second);
  EXPECT_EQ(runs[0].outcome.status, pipeline::RunStatus::Running);
  EXPECT_EQ(runs[0].finished_at, std::nullopt);
  EXPECT_EQ(runs[1].outcome.status, pipeline::RunStatus::CompletedWithErrors);
  EXPECT_EQ(runs[1].outcome.message, outcome.message);
  EXPECT_THAT(runs[1].outcome.errors, SizeIs(1000));
  EXPECT_EQ(runs[1].outcome.counts, outcome.counts);
  EXPECT_EQ(runs[1].finished_at, clock_.now());
}

TEST_P(LedgerDerived, SaysSoWhenARunThatNeverBeganIsFinished) {
  EXPECT_THAT(ledger_->finish_run(42, {}), FailsWith(ErrorKind::NotFound, HasSubstr("42")));
}

TEST_P(LedgerDerived, RecordsAGenerationAsOftenAsAsked) {
  EXPECT_THAT(ledger_->record_generation(1, 10), Succeeds());
  EXPECT_THAT(ledger_->record_generation(1, 10), Succeeds());
}

}  // namespace
}  // namespace freshet::testing
