#include "index/segments/writer.h"

#include "base/files.h"
#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::document;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::identity;
using testing::IndexFixture;
using ::testing::IsEmpty;
using testing::Succeeds;
using testing::texts_of;

std::size_t files_in(const std::filesystem::path& directory) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(directory), {}));
}

TEST(IndexWriter, SaysThatThereIsNoGenerationYet) {
  const IndexFixture index;
  ASSERT_SUCCEEDS(const auto summary, index.writer().current());
  EXPECT_EQ(summary.number, 0U);
  EXPECT_THAT(index.open(), FailsWith(ErrorKind::NotFound, HasSubstr("freshet sync")));
}

TEST(IndexWriter, PublishesWhatItWasGiven) {
  const IndexFixture index;
  const auto a = document("docs:a", 2);
  const auto b = document("docs:b", 3);

  ASSERT_SUCCEEDS(const auto summary, index.publish({b, a}, {}, 7));

  EXPECT_EQ(summary.number, 1U);
  EXPECT_EQ(summary.ledger_sequence, 7U);
  EXPECT_EQ(summary.published_at, "2026-11-20T00:00:00Z");
  EXPECT_EQ(summary.segments, 1U);
  EXPECT_EQ(summary.documents, 2U);
  EXPECT_EQ(summary.live_passages, 5U);
  EXPECT_EQ(summary.dead_passages, 0U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content, (Content{{"docs:a", texts_of(a)}, {"docs:b", texts_of(b)}}));
  ASSERT_SUCCEEDS(const auto read_again, index.writer().current());
  EXPECT_EQ(read_again.live_passages, 5U);
}

TEST(IndexWriter, GivesBackEveryFieldOfADocumentAndAPassage) {
  const IndexFixture index;
  auto original = document("docs:a", 1);
  original.fields = {"docs:a",      "docs",
                     "a.md",        "A \xC3\xA9\n",
                     "https://x/a", "en",
                     "hash",        "2026-01-01T00:00:00Z",
                     "owner",       {"public", "team"},
                     {"eve"},       {{"k", "v"}, {"", "empty key"}}};
  original.passages[0] = {4,         {"One", "Two"}, "anchor",    std::string("t\0x", 3),
                          "encoded", "abc",          {1, 2, 3, 4}};

  ASSERT_THAT(index.publish({original}, {}, 1), Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());
  ASSERT_SUCCEEDS(const auto stored, snapshot->passage(1));

  EXPECT_EQ(stored.document.title, original.fields.title);
  EXPECT_EQ(stored.document.url, original.fields.url);
  EXPECT_EQ(stored.document.language, "en");
  EXPECT_EQ(stored.document.content_hash, "hash");
  EXPECT_EQ(stored.document.updated_at, original.fields.updated_at);
  EXPECT_EQ(stored.document.owner, "owner");
  EXPECT_EQ(stored.document.allow, original.fields.allow);
  EXPECT_EQ(stored.document.deny, original.fields.deny);
  EXPECT_EQ(stored.document.metadata, original.fields.metadata);
  EXPECT_EQ(stored.passage.ordinal, 4U);
  EXPECT_EQ(stored.passage.heading_path, original.passages[0].heading_path);
  EXPECT_EQ(stored.passage.anchor, "anchor");
  EXPECT_EQ(stored.passage.text, original.passages[0].text);
  EXPECT_EQ(stored.passage.text_hash, "abc");
  EXPECT_EQ(stored.passage.range, original.passages[0].range);
}

TEST(IndexWriter, ReplacesAllPassagesOfADocument) {
  const IndexFixture index;
  const auto newer = document("docs:a", 1, 2);
  ASSERT_THAT(index.publish({document("docs:a", 3), document("docs:b", 1)}, {}, 1), Succeeds());

  ASSERT_SUCCEEDS(const auto summary, index.publish({newer}, {}, 2));

  EXPECT_EQ(summary.documents, 2U);
  EXPECT_EQ(summary.live_passages, 2U);
  EXPECT_EQ(summary.dead_passages, 3U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content.at("docs:a"), texts_of(newer));
}

TEST(IndexWriter, TakesTheLaterOfTwoUpsertsOfOneDocument) {
  const IndexFixture index;
  ASSERT_SUCCEEDS(const auto summary,
                  index.publish({document("d:a", 1, 1), document("d:a", 2, 2)}, {}, 1));
  EXPECT_EQ(summary.documents, 1U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content.at("d:a"), texts_of(document("d:a", 2, 2)));
}

TEST(IndexWriter, RemovesDocumentsAndThoseThatHaveNoPassagesLeft) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1), document("d:b", 1), document("d:c", 1)}, {}, 1),
              Succeeds());

  ASSERT_SUCCEEDS(const auto summary, index.publish({document("d:b", 0)}, {"d:a", "d:unknown"}, 2));

  EXPECT_EQ(summary.documents, 1U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content.size(), 1U);
  EXPECT_TRUE(content.contains("d:c"));
}

TEST(IndexWriter, WritesNothingWhereNothingChanged) {
  const IndexFixture index;
  ASSERT_SUCCEEDS(const auto first, index.publish({document("d:a", 1)}, {}, 5));

  ASSERT_SUCCEEDS(const auto second, index.publish({}, {"d:unknown"}, 5));

  EXPECT_EQ(second.number, first.number);
  EXPECT_EQ(files_in(index.path() / "generations"), 1U);
}

TEST(IndexWriter, RecordsAnAdvanceOfTheLedgerWithoutASegment) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 5), Succeeds());

  ASSERT_SUCCEEDS(const auto summary, index.publish({}, {}, 9));

  EXPECT_EQ(summary.ledger_sequence, 9U);
  EXPECT_EQ(summary.number, 2U);
  EXPECT_EQ(files_in(index.path() / "segments"), 1U);
}

TEST(IndexWriter, RefusesAnotherEncoderAndALedgerThatGoesBack) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 5), Succeeds());
  PublishRequest other{identity(), {}, {}, 6};
  other.identity.encoder_id = "another";

  EXPECT_THAT(index.writer().publish(other),
              FailsWith(ErrorKind::Invalid, HasSubstr("freshet rebuild")));
  EXPECT_THAT(index.publish({}, {}, 4), FailsWith(ErrorKind::Invalid, HasSubstr("up to 5")));
}

TEST(IndexWriter, RefusesDocumentsWhoseVectorsDoNotFitAndKeepsTheOldGeneration) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
  auto lacking = document("d:b", 2);
  lacking.vectors.pop_back();
  auto foreign = document("d:c", 1);
  foreign.vectors[0] = {1, 0};

  EXPECT_THAT(index.publish({lacking}, {}, 2), FailsWith(ErrorKind::Invalid, HasSubstr("d:b")));
  EXPECT_THAT(index.publish({foreign}, {}, 2), FailsWith(ErrorKind::Invalid, HasSubstr("d:c")));
  EXPECT_THAT(index.publish({document("", 1)}, {}, 2),
              FailsWith(ErrorKind::Invalid, HasSubstr("id")));

  ASSERT_SUCCEEDS(const auto summary, index.writer().current());
  EXPECT_EQ(summary.number, 1U);
  ASSERT_THAT(index.publish({document("d:e", 1)}, {}, 2), Succeeds());
  EXPECT_EQ(files_in(index.path() / "segments"), 2U);
}

TEST(IndexWriter, RollsBackToAKeptGenerationUnderANewNumber) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 2)}, {}, 1), Succeeds());
  ASSERT_THAT(index.publish({document("d:a", 1, 2), document("d:b", 1)}, {}, 2), Succeeds());

  ASSERT_SUCCEEDS(const auto summary, index.writer().rollback(1, testing::unrevised));

  EXPECT_EQ(summary.number, 3U);
  EXPECT_EQ(summary.ledger_sequence, 1U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content, (Content{{"d:a", texts_of(document("d:a", 2))}}));
  ASSERT_THAT(index.publish({document("d:c", 1)}, {}, 2), Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());
  ASSERT_SUCCEEDS(const auto added, snapshot->document("d:c"));
  EXPECT_GT(added->first, 4U) << "numbers of the generation that was left are not used again";
}

TEST(IndexWriter, RollsBackWithTheRevisedPrincipals) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 2), document("d:b", 1), document("d:c", 1)}, {}, 1),
              Succeeds());
  ASSERT_THAT(index.publish({}, {"d:a"}, 2), Succeeds());

  const auto revise = [](DocumentFields& fields) -> Result<bool> {
    if (fields.id == "d:b") fields.allow = {"staff"};
    return fields.id != "d:c";
  };
  ASSERT_SUCCEEDS(const auto summary, index.writer().rollback(1, revise));

  EXPECT_EQ(summary.documents, 2U);
  EXPECT_EQ(summary.live_passages, 3U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content, (Content{{"d:a", texts_of(document("d:a", 2))},
                              {"d:b", texts_of(document("d:b", 1))}}));
  ASSERT_SUCCEEDS(const auto snapshot, index.open());
  const std::vector<std::string> everybody{"public"};
  ASSERT_SUCCEEDS(const auto allowed, snapshot->allowed(everybody, std::nullopt));
  EXPECT_EQ(allowed.size(), 2U);
  const std::vector<std::string> staff{"staff"};
  ASSERT_SUCCEEDS(const auto for_staff, snapshot->allowed(staff, std::nullopt));
  EXPECT_EQ(for_staff.size(), 1U);
}

TEST(IndexWriter, KeepsAsManyGenerationsAsAskedAndTheirSegments) {
  IndexFixture index;
  index.settings.keep_generations = 2;
  for (unsigned step = 1; step <= 6; ++step) {
    ASSERT_THAT(index.publish({document("d:a", 1, step)}, {}, step), Succeeds());
  }
  ASSERT_THAT(index.writer().merge(IndexWriter::MergeScope::WhenDue, Interruption()), Succeeds());

  ASSERT_SUCCEEDS(const auto generations, index.writer().generations());

  std::vector<std::uint64_t> numbers;
  for (const auto& generation : generations) numbers.push_back(generation.number);
  EXPECT_THAT(numbers, ElementsAre(4, 5, 6));
  EXPECT_EQ(files_in(index.path() / "segments"), 3U);
  EXPECT_THAT(index.writer().rollback(3, testing::unrevised),
              FailsWith(ErrorKind::NotFound, HasSubstr("not kept")));
  EXPECT_THAT(index.writer().rollback(4, testing::unrevised), Succeeds());
}

TEST(IndexWriter, RemovesWhatAKilledWriterLeft) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
  index.directory.write("index/segments/00000000000000000002.tmp/passages.bin", "half");
  index.directory.write("index/segments/00000000000000000002/passages.bin", "whole but unnamed");
  index.directory.write("index/generations/00000000000000000002.manifest", "never live");
  index.directory.write("index/generations/00000000000000000002.manifest.77.tmp", "half");
  index.directory.write("index/CURRENT.77.tmp", "half");

  ASSERT_THAT(index.publish({document("d:b", 1)}, {}, 2), Succeeds());

  EXPECT_EQ(files_in(index.path() / "segments"), 2U);
  EXPECT_EQ(files_in(index.path() / "generations"), 2U);
  EXPECT_EQ(files_in(index.path()), 3U);
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_EQ(content.size(), 2U);
}

TEST(IndexWriter, ResetsToAnEmptyGenerationWithTheGivenNumber) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 5), Succeeds());
  IndexIdentity other = identity();
  other.encoder_id = "another";

  EXPECT_THAT(index.writer().reset(other, 1), FailsWith(ErrorKind::Invalid, HasSubstr("is at 1")));
  ASSERT_SUCCEEDS(const auto summary, index.writer().reset(other, 10));

  EXPECT_EQ(summary.number, 10U);
  EXPECT_EQ(summary.ledger_sequence, 0U);
  EXPECT_EQ(summary.identity.encoder_id, "another");
  ASSERT_SUCCEEDS(const Content content, index.content());
  EXPECT_THAT(content, IsEmpty());
}

TEST(IndexWriter, SaysThatADamagedCurrentNeedsARebuild) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
  for (const char* text :
       {"", "1", "x y\n", "1 0123456789abcdef\n", "99 0123456789abcdef\n", "-1 0123456789abcdef"}) {
    index.directory.write("index/CURRENT", text);
    EXPECT_THAT(index.writer().current(),
                FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild")))
        << text;
    EXPECT_THAT(index.publish({}, {}, 2),
                FailsWith(ErrorKind::Corrupt, HasSubstr("freshet rebuild")))
        << text;
  }
}

}  // namespace
}  // namespace freshet::index
