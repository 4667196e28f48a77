#include "pipeline/publish.h"

#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::PublishReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

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
  EXPECT_THAT(entered,
              ElementsAre("prepare", "encode", "store", "prepare", "segment", "switch", "prepare"));
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

}  // namespace
}  // namespace freshet::testing
