#include "pipeline/freshness/detect.h"

#include "base/hash.h"
#include "pipeline/freshness/report.h"
#include "tests/pipeline/freshness/workbench.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline {
namespace {

using freshet::testing::FailsWith;
using freshet::testing::FakeSnapshot;
using freshet::testing::Workbench;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kCommit = "1a2b3c4d5e6f";

std::string hash_of(const std::string& body) {
  return to_hex(hash128(body));
}

TEST(BrokenLink, NamesTheCommitAndTheDayThatRemovedTheTarget) {
  Workbench bench;
  bench.page("guide/use.md");
  bench.departed("guide/setup.md", kCommit);
  bench.link("guide/use.md", "setup.md#install", 7);

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(1));
  const auto& finding = report.findings[0];
  EXPECT_EQ(finding.rule, "broken-link");
  EXPECT_EQ(finding.confidence, FindingClass::Proof);
  EXPECT_EQ(finding.source, "docs");
  EXPECT_EQ(finding.document_id, "docs:guide/use.md");
  EXPECT_EQ(finding.path, "guide/use.md");
  EXPECT_EQ(finding.line, 7U);
  EXPECT_EQ(finding.quote, "see [text](setup.md#install)");
  EXPECT_EQ(finding.fact, "guide/setup.md was deleted in 1a2b3c4d on 2026-03-04");
  EXPECT_EQ(finding.target, "guide/setup.md");
  EXPECT_EQ(finding.commit, kCommit);
  EXPECT_EQ(to_rfc3339(*finding.since), "2026-03-04T00:00:00Z");
  EXPECT_EQ(finding.owner, "Docs team");
  EXPECT_EQ(finding.action, "remove the link or restore the page");
  EXPECT_THAT(finding.fingerprint, SizeIs(32));
}

TEST(BrokenLink, IsProvenByADeletionThatWeSawOurselves) {
  Workbench bench;
  bench.page("use.md");
  bench.page("setup.md");
  bench.remove("setup.md", "absent from a complete listing");
  bench.link("use.md", "setup");

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].fact,
            "setup.md was deleted on 2026-11-20 (absent from a complete listing)");
  EXPECT_EQ(report.findings[0].commit, "");
}

TEST(BrokenLink, IsNotClaimedOfPagesThatMayStillExist) {
  Workbench bench;
  bench.page("use.md");
  bench.page("unselected.md");
  bench.page("withheld.md", "private");
  bench.remove("unselected.md", std::string(sources::kNoLongerSelected));
  ASSERT_THAT(bench.ledger().forget("docs:withheld.md", "legal"), freshet::testing::Succeeds());
  bench.link("use.md", "unselected.md");
  bench.link("use.md", "withheld.md");

  EXPECT_THAT(bench.found(), IsEmpty());
}

TEST(BrokenLink, EndsWhenThePageIsBack) {
  Workbench bench;
  bench.page("use.md");
  bench.departed("setup.md", kCommit);
  bench.link("use.md", "setup.md");
  ASSERT_THAT(bench.found(), SizeIs(1));

  bench.page("setup.md", "back");

  EXPECT_THAT(bench.found(), IsEmpty());
}

TEST(BrokenLink, CoversImagesAndIncludes) {
  Workbench bench;
  bench.page("use.md");
  bench.departed("flow.png", kCommit);
  bench.departed("part.md", kCommit);
  bench.link("use.md", "flow.png", 1, "image");
  bench.link("use.md", "part.md", 2, "include");

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].action, "remove the image or restore the file");
  EXPECT_EQ(report.findings[1].action, "remove the include or restore the file");
}

TEST(BrokenLink, InAPageOfHistoryIsOnlyAHint) {
  Workbench bench;
  bench.page("CHANGELOG.md");
  bench.departed("setup.md", kCommit);
  bench.link("CHANGELOG.md", "setup.md");

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].confidence, FindingClass::Strong);
}

TEST(MovedLink, SaysWhatToLinkToInstead) {
  Workbench bench;
  bench.page("guide/use.md");
  bench.page("install/setup.md", "moved");
  bench.departed("guide/setup.md", kCommit, "install/setup.md");
  bench.link("guide/use.md", "setup.md#part");
  bench.link("guide/use.md", "/guide/setup/", 2);

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(2));
  EXPECT_EQ(report.findings[0].rule, "moved-link");
  EXPECT_EQ(report.findings[0].target, "guide/setup.md");
  EXPECT_EQ(report.findings[0].fact,
            "guide/setup.md was moved to install/setup.md in 1a2b3c4d on 2026-03-04");
  EXPECT_EQ(report.findings[0].action, "link to ../install/setup.md#part instead");
  EXPECT_EQ(report.findings[1].action, "link to /install/setup.md instead");
}

TEST(MovedLink, FollowsAChainOfMovesToItsEnd) {
  Workbench bench;
  bench.page("use.md");
  bench.page("c.md", "c");
  bench.departed("a.md", kCommit, "b.md");
  bench.departed("b.md", "9f9f9f9f", "c.md");
  bench.link("use.md", "a.md");

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].action, "link to c.md instead");
  EXPECT_EQ(report.findings[0].commit, "9f9f9f9f");
}

TEST(MovedLink, WhoseChainEndsInADeletionIsABrokenLink) {
  Workbench bench;
  bench.page("use.md");
  bench.departed("a.md", kCommit, "b.md");
  bench.departed("b.md", "9f9f9f9f");
  bench.link("use.md", "a.md");

  const auto report = bench.report();

  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].rule, "broken-link");
  EXPECT_EQ(
      report.findings[0].fact,
      "a.md was moved to b.md in 1a2b3c4d on 2026-03-04, then deleted in 9f9f9f9f on 2026-03-04");
}

TEST(MovedLink, ThatGoesInCirclesEnds) {
  Workbench bench;
  bench.page("use.md");
  bench.departed("a.md", kCommit, "b.md");
  bench.departed("b.md", kCommit, "a.md");
  bench.link("use.md", "a.md");

  EXPECT_THAT(bench.found(), ElementsAre("use.md:1 broken-link a.md"));
}

TEST(MovedLink, IsProvenByAMoveThatWeSawOurselves) {
  Workbench bench;
  bench.page("use.md");
  bench.page("a.md", "text");
  bench.move("a.md", "new/a.md");
  bench.link("use.md", "a.md");

  EXPECT_THAT(bench.found(), ElementsAre("use.md:1 moved-link a.md"));
  EXPECT_EQ(bench.report().findings[0].action, "link to new/a.md instead");
}

TEST(SourceGone, IsAPageThatIsServedAlthoughItsSourceDeletedIt) {
  Workbench bench;
  bench.page("a.md", "a");
  bench.page("b.md", "b");
  bench.remove("b.md", "absent from a complete listing");
  FakeSnapshot snapshot(2);
  serve(snapshot, "a.md", hash_of("a"));
  serve(snapshot, "b.md", hash_of("b"), "Ada");

  const auto report = bench.report(&snapshot);

  ASSERT_THAT(report.findings, SizeIs(1));
  EXPECT_EQ(report.findings[0].rule, "source-gone");
  EXPECT_EQ(report.findings[0].path, "b.md");
  EXPECT_EQ(report.findings[0].owner, "Ada");
  EXPECT_THAT(report.findings[0].fact, HasSubstr("the index still serves it"));
}

TEST(SourceGone, IsSilentOnceTheIndexFollowed) {
  Workbench bench;
  bench.page("b.md", "b");
  bench.remove("b.md", "absent from a complete listing");
  const FakeSnapshot snapshot(2);

  EXPECT_THAT(bench.found(&snapshot), IsEmpty());
}

TEST(IndexBehind, IsAPageWhoseNewTextIsNotServed) {
  Workbench bench;
  bench.page("a.md", "old");
  FakeSnapshot snapshot(1);
  serve(snapshot, "a.md", hash_of("old"));
  EXPECT_THAT(bench.found(&snapshot), IsEmpty());

  bench.page("a.md", "new");

  EXPECT_THAT(bench.found(&snapshot), ElementsAre("a.md:0 index-behind a.md"));
}

TEST(IndexBehind, IsAPageThatWasReadAfterTheGeneration) {
  Workbench bench;
  bench.page("a.md", "a");
  bench.page("b.md", "b");
  FakeSnapshot snapshot(1);
  serve(snapshot, "a.md", hash_of("a"));

  EXPECT_THAT(bench.found(&snapshot), ElementsAre("b.md:0 index-behind b.md"));
}

TEST(IndexBehind, IsNotClaimedOfPagesWithoutText) {
  Workbench bench;
  bench.page("a.md", "");
  const FakeSnapshot snapshot(1);

  const auto report = bench.report(&snapshot);

  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_THAT(report.notes, Contains(HasSubstr("published without text")));
}

TEST(StaleReport, SaysWhenNothingIsPublishedYet) {
  Workbench bench;
  bench.page("a.md");

  EXPECT_THAT(bench.report().notes, ElementsAre(HasSubstr("nothing is published yet")));
}

TEST(StaleReport, AdmitsWhenItDoesNotUnderstandTheLinks) {
  Workbench bench;
  bench.page("a.md");
  for (std::size_t i = 0; i < 97; ++i) bench.link("a.md", "a.md", i);
  for (std::size_t i = 0; i < 3; ++i) bench.link("a.md", "who/knows", i);
  EXPECT_THAT(bench.report().notes, Not(Contains(HasSubstr("mean no page"))));

  bench.link("a.md", "who/knows", 100);

  const auto report = bench.report();
  EXPECT_THAT(report.notes, Contains(HasSubstr("docs: 4 of 101 links")));
  EXPECT_THAT(report.findings, IsEmpty());
  EXPECT_EQ(report.links_checked, 101U);
}

TEST(StaleReport, CoversOnlyTheSourcesAskedFor) {
  Workbench bench;
  bench.page("a.md");

  EXPECT_THAT(detect_stale(bench.ledger(), nullptr, {"docs", "docs"}),
              freshet::testing::Succeeds());
  EXPECT_THAT(detect_stale(bench.ledger(), nullptr, {"absent"}),
              FailsWith(ErrorKind::NotFound, HasSubstr("freshet sync absent")));
}

TEST(Fingerprints, SurviveUnrelatedLineShifts) {
  Workbench bench;
  bench.page("use.md");
  bench.departed("setup.md", kCommit);
  bench.link("use.md", "setup.md", 3);
  const auto before = bench.report().findings.at(0);

  bench.clear_links();
  bench.link("use.md", "setup.md", 40);
  const auto after = bench.report().findings.at(0);

  EXPECT_EQ(before.fingerprint, after.fingerprint);
  EXPECT_NE(before.line, after.line);
}

TEST(Fingerprints, TellRepeatsAndPagesApart) {
  Workbench bench;
  bench.page("a.md");
  bench.page("b.md");
  bench.departed("setup.md", kCommit);
  for (const char* page : {"a.md", "b.md"}) {
    bench.link(page, "setup.md", 1);
    bench.link(page, "setup.md", 1);
    bench.link(page, "setup.md#x", 1);
  }

  const auto findings = bench.report().findings;

  std::vector<std::string> prints;
  for (const auto& finding : findings) prints.push_back(finding.fingerprint);
  std::sort(prints.begin(), prints.end());
  EXPECT_THAT(prints, SizeIs(6));
  EXPECT_EQ(std::adjacent_find(prints.begin(), prints.end()), prints.end());
}

TEST(StaleReport, IsTheSameBytesForTheSameLedger) {
  Workbench bench;
  for (const char* page : {"b.md", "a.md", "c/d.md"}) bench.page(page);
  bench.departed("x.md", kCommit);
  bench.departed("y.md", kCommit, "a.md");
  for (const char* page : {"b.md", "a.md"}) {
    bench.link(page, "y.md", 9);
    bench.link(page, "x.md", 2);
  }

  for (const auto& format : report_formats()) {
    EXPECT_EQ(format.write(bench.report(), bench.clock().now()),
              format.write(bench.report(), bench.clock().now()))
        << format.name;
  }
  EXPECT_THAT(bench.found(), ElementsAre("a.md:2 broken-link x.md", "a.md:9 moved-link y.md",
                                         "b.md:2 broken-link x.md", "b.md:9 moved-link y.md"));
}

}  // namespace
}  // namespace freshet::pipeline
