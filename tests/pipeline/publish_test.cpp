#include "pipeline/publish.h"

#include <functional>
#include <stop_token>
#include <utility>

#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::PublishReport;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Publish : public PublishTest {};

TEST_F(Publish, PutsTheLedgersDocumentsIntoTheIndex) {
  store({upsert("a.md", page("Alpha", {"One", "Two"})), upsert("b.md", page("Beta", {"Three"}))});

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.documents, 2U);
  EXPECT_EQ(report.generation.number, 1U);
  EXPECT_EQ(report.generation.ledger_sequence, 2U);
  EXPECT_EQ(report.passages, report.generation.live_passages);
  EXPECT_EQ(report.passages_encoded, encoder_.encoded());
  EXPECT_GT(report.passages, 2U);
  EXPECT_THAT(indexed(), ElementsAre("docs:a.md", "docs:b.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, SaysWhatItEntersSoThatEachPartCanBeTimed) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  std::vector<std::string> entered;
  options_.entering = [&](std::string_view phase) { entered.emplace_back(phase); };

  ASSERT_THAT(publish(), Succeeds());

  // Twice more it looks for changes: behind the first page, and behind the generation.
  EXPECT_THAT(entered, ElementsAre("prepare", "encode", "store", "prepare", "segment", "switch",
                                   "prepare"));
}

TEST_F(Publish, DoesNothingWhenThereIsNothingToReplay) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  const std::size_t encoded = encoder_.encoded();

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.generation.number, 1U);
  EXPECT_EQ(report.documents, 0U);
  EXPECT_EQ(encoder_.encoded(), encoded);
}

TEST_F(Publish, EncodesNothingForARename) {
  const std::string text = page("Alpha", {"One", "Two"});
  store({upsert("a.md", text)});
  ASSERT_THAT(publish(), Succeeds());

  store({moved("a.md", "b.md", text)});
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.passages_encoded, 0U);
  EXPECT_THAT(indexed(), ElementsAre("docs:b.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, EncodesNothingForARenameOfATextWithoutATitle) {
  const std::string text = "Just a paragraph of plain words without any heading above it.\n";
  store({upsert("a.md", text)});
  ASSERT_THAT(publish(), Succeeds());

  store({moved("a.md", "guide/other.md", text)});
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.passages_encoded, 0U);
  ASSERT_SUCCEEDS(const auto shown, snapshot()->document("docs:guide/other.md"));
  EXPECT_EQ(shown->fields.title, "other");
}

TEST_F(Publish, EncodesOnlyTheSectionThatWasEdited) {
  std::string text = page("Alpha", {"One", "Two", "Three"});
  store({upsert("a.md", text)});
  ASSERT_THAT(publish(), Succeeds());
  text.insert(text.find("How Two works") + 4, "much better ");

  store({upsert("a.md", text)});
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.passages_encoded, 1U);
  EXPECT_GT(report.passages, 2U);
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, EncodesTheSameTextInTwoDocumentsOnce) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Alpha", {"One"}))});

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.passages_encoded * 2, report.passages);
}

TEST_F(Publish, RemovesDeletedAndForgottenDocuments) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"})),
         upsert("c.md", page("Gamma", {"Three"}))});
  ASSERT_THAT(publish(), Succeeds());

  store({removal("a.md")});
  ASSERT_THAT(ledger_->forget("docs:b.md", "request 17"), Succeeds());
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.removed, 2U);
  EXPECT_THAT(indexed(), ElementsAre("docs:c.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

/// Runs something once, as soon as the publish has encoded a text: what another process may do
/// then.
class PublishOvertaken : public PublishTest {
 protected:
  void when_encoding(const std::function<void(pipeline::Ledger&)>& action) {
    options_.progress = [this, action, done = false](const PublishReport& report,
                                                     std::uint64_t) mutable {
      if (report.passages_encoded == 0 || std::exchange(done, true)) return;
      ASSERT_SUCCEEDS(const auto other,
                      pipeline::open_sqlite_ledger(directory_.path(), clock_,
                                                   pipeline::LedgerAccess::ReadWrite));
      action(*other);
    };
  }
};

TEST_F(PublishOvertaken, DoesNotShowWhatIsTakenDownWhileItIsEncoded) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"}))});
  when_encoding([](pipeline::Ledger& other) {
    ASSERT_THAT(other.forget("docs:a.md", "request 17"), Succeeds());
  });

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.documents, 1U);
  EXPECT_THAT(indexed(), ElementsAre("docs:b.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(PublishOvertaken, KeepsNoVectorOfWhatIsTakenDownWhileItIsEncoded) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  when_encoding([](pipeline::Ledger& other) {
    ASSERT_THAT(other.forget("docs:a.md", "request 17"), Succeeds());
  });
  ASSERT_THAT(publish(), Succeeds());
  options_.progress = [](const PublishReport&, std::uint64_t) {};

  store({upsert("b.md", page("Alpha", {"One"}) + "\n\n")});  // Other bytes, the same passages.
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.passages_encoded, report.passages);
}

TEST_F(Publish, TakesADocumentOutWhenItsNewVersionCannotBeRead) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());

  store({upsert("a.md", std::string("%PDF-1.7\n\0\1\2\3\xff\xfe\0\0binary", 27))});
  ASSERT_SUCCEEDS(const PublishReport report, publish());

  ASSERT_THAT(report.failed, SizeIs(1));
  EXPECT_THAT(report.failed[0], HasSubstr("docs:a.md: "));
  EXPECT_THAT(indexed(), ElementsAre("docs:b.md"));
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, ShowsTheTextsTitleElseTheSourcesElseTheFilesName) {
  sources::Document titled =
      document_of("t/ticket-7.md", "Plain words about printers and paper.\n");
  titled.title = "Printer jams";
  store({upsert("a.md", page("Alpha", {})), upsert_of(titled),
         upsert("notes/setup-guide.md", "Plain words about setting things up.\n")});

  ASSERT_THAT(publish(), Succeeds());

  const auto shown = snapshot();
  EXPECT_EQ((*shown->document("docs:a.md"))->fields.title, "Alpha");
  EXPECT_EQ((*shown->document("docs:t/ticket-7.md"))->fields.title, "Printer jams");
  EXPECT_EQ((*shown->document("docs:notes/setup-guide.md"))->fields.title, "setup-guide");
}

TEST_F(Publish, TakesTheOwnerFromFrontMatterElseTheSourceElseItsSettings) {
  config::SourceSettings settings;
  settings.name = "docs";
  settings.owner = "everyone";
  options_.sources = {settings};
  sources::Document owned = document_of("b.md", page("Beta", {}));
  owned.provenance.owner = "code-owner";
  sources::Document fronted = document_of("c.md", "---\nowner: writer\n---\n" + page("Gamma", {}));
  fronted.provenance.owner = "code-owner";
  store({upsert("a.md", page("Alpha", {})), upsert_of(owned), upsert_of(fronted)});

  ASSERT_THAT(publish(), Succeeds());

  const auto shown = snapshot();
  EXPECT_EQ((*shown->document("docs:a.md"))->fields.owner, "everyone");
  EXPECT_EQ((*shown->document("docs:b.md"))->fields.owner, "code-owner");
  EXPECT_EQ((*shown->document("docs:c.md"))->fields.owner, "writer");
  ASSERT_SUCCEEDS(const auto record, ledger_->document("docs:c.md"));
  EXPECT_EQ(record->shown.owner, "writer");
}

TEST_F(Publish, RecordsLinksAndAnchorsForTheFreshnessDetectors) {
  store({upsert(
      "a.md",
      "# Alpha\n\nSee [the setup](../setup.md#install) first.\n\n## Usage notes\n\nText.\n")});

  ASSERT_THAT(publish(), Succeeds());

  ASSERT_SUCCEEDS(const auto links, ledger_->links("docs"));
  ASSERT_THAT(links, SizeIs(1));
  EXPECT_EQ(links[0].target, "../setup.md#install");
  EXPECT_EQ(links[0].line, 3U);
  ASSERT_SUCCEEDS(const auto anchors, ledger_->anchors("docs"));
  EXPECT_THAT(anchors, SizeIs(2));
}

TEST_F(Publish, BecomesVisibleInStepsAndReportsThem) {
  options_.documents_per_generation = 2;
  std::vector<sources::Change> changes;
  for (int number = 0; number < 5; ++number) {
    const std::string name = std::to_string(number);
    changes.push_back(upsert(name + ".md", page("Page " + name, {"Section " + name})));
  }
  store(std::move(changes));
  std::vector<std::uint64_t> generations;
  std::uint64_t last_remaining = 99;
  options_.progress = [&](const PublishReport& report, std::uint64_t remaining) {
    if (generations.empty() || generations.back() != report.generation.number) {
      generations.push_back(report.generation.number);
    }
    last_remaining = remaining;
  };

  ASSERT_SUCCEEDS(const PublishReport report, publish());

  EXPECT_EQ(report.documents, 5U);
  EXPECT_EQ(report.generation.number, 3U);
  EXPECT_THAT(generations, ElementsAre(0U, 1U, 2U, 3U));
  EXPECT_EQ(last_remaining, 0U);
  EXPECT_THAT(differences(), IsEmpty());
}

/// Published one document at a time: what each generation serves.
class PublishSteps : public PublishTest {
 protected:
  std::vector<std::vector<std::string>> generations() {
    std::vector<std::vector<std::string>> shown;
    std::uint64_t last = snapshot()->summary().number;
    options_.documents_per_generation = 1;
    options_.progress = [&](const PublishReport& report, std::uint64_t) {
      if (std::exchange(last, report.generation.number) != report.generation.number)
        shown.push_back(indexed());
    };
    EXPECT_THAT(publish(), Succeeds());
    EXPECT_THAT(differences(), IsEmpty());
    return shown;
  }
};

TEST_F(PublishSteps, ShowAMovedDocumentUnderExactlyOneId) {
  const std::string text = page("Alpha", {"One"});
  store({upsert("a.md", text), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({moved("a.md", "c.md", text), upsert("b.md", page("Beta", {"Three"}))});

  const auto shown = generations();

  ASSERT_GT(shown.size(), 1U);
  EXPECT_THAT(shown, Each(ElementsAre("docs:b.md", "docs:c.md")));
}

TEST_F(PublishSteps, ShowAMovedDocumentThatWasEditedSinceUnderExactlyOneId) {
  const std::string text = page("Alpha", {"One"});
  store({upsert("a.md", text), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({moved("a.md", "c.md", text), upsert("b.md", page("Beta", {"Three"}))});
  store({upsert("c.md", page("Alpha", {"One", "More"}))});

  const auto shown = generations();

  ASSERT_GT(shown.size(), 1U);
  for (const auto& ids : shown) EXPECT_EQ(ids.size(), 2U) << ::testing::PrintToString(ids);
  EXPECT_THAT(shown.back(), ElementsAre("docs:b.md", "docs:c.md"));
}

TEST_F(PublishSteps, ShowBothOfTwoDocumentsThatSwapTheirIds) {
  const std::string alpha = page("Alpha", {"One"});
  const std::string beta = page("Beta", {"Two"});
  store({upsert("a.md", alpha), upsert("b.md", beta)});
  ASSERT_THAT(publish(), Succeeds());
  const auto before = content();
  store({moved("a.md", "b.md", alpha), moved("b.md", "a.md", beta)});
  std::vector<std::size_t> lines;
  options_.documents_per_generation = 1;
  options_.progress = [&](const PublishReport&, std::uint64_t) {
    lines.push_back(content().size());
  };

  ASSERT_THAT(publish(), Succeeds());

  EXPECT_THAT(lines, Each(before.size()));
  EXPECT_NE(content(), before);
}

TEST_F(Publish, LeavesTheOldGenerationServingWhenTheEncoderIsDownAndKeepsWhatWasEncoded) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  options_.documents_per_generation = 1;
  store({upsert("b.md", page("Beta", {"Two"})), upsert("c.md", page("Gamma", {"Three"}))});
  const std::size_t before = encoder_.encoded();
  encoder_.allow(before);

  EXPECT_THAT(publish(), FailsWith(ErrorKind::Unavailable, HasSubstr("down")));

  EXPECT_THAT(indexed(), ElementsAre("docs:a.md", "docs:b.md"));
  encoder_.allow(1000);
  ASSERT_SUCCEEDS(const PublishReport report, publish());
  EXPECT_EQ(report.documents, 1U);
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, StopsWhenInterruptedWithTheLastGenerationServing) {
  std::stop_source stop;
  interruption_ = Interruption(stop.get_token(), clock_, std::nullopt);
  options_.documents_per_generation = 1;
  options_.progress = [&](const PublishReport& report, std::uint64_t) {
    if (report.generation.number == 1) stop.request_stop();
  };
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"}))});

  EXPECT_THAT(publish(), FailsWith(ErrorKind::Interrupted, HasSubstr("next sync")));

  EXPECT_THAT(indexed(), ElementsAre("docs:a.md"));
  interruption_ = Interruption();
  ASSERT_THAT(publish(), Succeeds());
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, AsksForARebuildWhenTheEncoderOrThePassageSettingsChanged) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ASSERT_THAT(publish(), Succeeds());
  const CountingEncoder other("another encoder");
  index::IndexWriter writer(index_directory(), {}, clock_);

  EXPECT_THAT(pipeline::publish(*ledger_, writer, other, options_, interruption_),
              FailsWith(ErrorKind::Invalid, HasSubstr("freshet rebuild")));
  options_.passages.max_tokens = 100;
  EXPECT_THAT(publish(), FailsWith(ErrorKind::Invalid, HasSubstr("freshet rebuild")));
}

TEST_F(Publish, AsksForARebuildWhenTheLedgerIsOlderThanTheIndex) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  ledger_.reset();
  const TemporaryDirectory backup;
  std::filesystem::copy_file(directory_.path() / "ledger.sqlite", backup / "ledger.sqlite");
  SetUp();
  store({upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  ASSERT_SUCCEEDS(
      const auto restored,
      pipeline::open_sqlite_ledger(backup.path(), clock_, pipeline::LedgerAccess::ReadWrite));
  index::IndexWriter writer(index_directory(), {}, clock_);

  EXPECT_THAT(pipeline::publish(*restored, writer, encoder_, options_, interruption_),
              FailsWith(ErrorKind::Invalid, HasSubstr("the ledger ends at 1")));
}

TEST_F(Publish, AsksForARebuildWhenTheIndexIsOfAnotherLedger) {
  store({upsert("a.md", page("Alpha", {"One"})), upsert("b.md", page("Beta", {"Two"}))});
  ASSERT_THAT(publish(), Succeeds());
  const TemporaryDirectory elsewhere;
  ASSERT_SUCCEEDS(
      const auto restored,
      pipeline::open_sqlite_ledger(elsewhere.path(), clock_, pipeline::LedgerAccess::ReadWrite));
  index::IndexWriter writer(index_directory(), {}, clock_);

  EXPECT_THAT(pipeline::publish(*restored, writer, encoder_, options_, interruption_),
              FailsWith(ErrorKind::Invalid, HasSubstr("from another ledger")));
}

TEST_F(Publish, GivesTheSameContentInStepsAsInOneGoWithoutTheIndexOrTheCache) {
  store({upsert("a.md", page("Alpha", {"One", "Two"})), upsert("b.md", page("Beta", {"Three"}))});
  ASSERT_THAT(publish(), Succeeds());
  store({upsert("a.md", page("Alpha", {"One", "Four"})), removal("b.md"),
         upsert("c.md", page("Gamma", {}))});
  ASSERT_THAT(publish(), Succeeds());
  const auto in_steps = content();

  std::filesystem::remove_all(index_directory());
  ASSERT_THAT(publish(), Succeeds());

  EXPECT_EQ(content(), in_steps);
  EXPECT_THAT(differences(), IsEmpty());
}

TEST_F(Publish, ExtractsAgainWhatAKillLeftBetweenLedgerAndIndex) {
  store({upsert("a.md", page("Alpha", {"One"}))});
  pipeline::DerivedDocument ahead;
  ahead.document_id = "docs:a.md";
  ahead.passages = {{0, "a hash of nothing", "", {}}};
  ASSERT_THAT(ledger_->store_derived(std::vector{ahead}), Succeeds());

  ASSERT_THAT(publish(), Succeeds());

  EXPECT_THAT(differences(), IsEmpty());
}

}  // namespace
}  // namespace freshet::testing
