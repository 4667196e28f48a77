// What every ledger does with the batches of a connector.
#include <gmock/gmock.h>

#include "base/hash.h"
#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::StoreReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LedgerStore : public LedgerTest {};
INSTANTIATE_TEST_SUITE_P(All, LedgerStore, ::testing::ValuesIn(kLedgerKinds), ledger_kind_name);

TEST_P(LedgerStore, StoresDocumentsTogetherWithTheCursorThatCoversThem) {
  const StoreReport report = store({upsert("a.md", "alpha"), upsert("b.md", "beta")}, "cursor 1");
  reopen();

  EXPECT_EQ(report.added, 2U);
  EXPECT_EQ(report.last_sequence, 2U);
  EXPECT_THAT(live(), ElementsAre("docs:a.md=alpha", "docs:b.md=beta"));
  ASSERT_SUCCEEDS(const std::string cursor, ledger_->cursor("docs"));
  EXPECT_EQ(cursor, "cursor 1");
}

TEST_P(LedgerStore, KeepsEveryFieldOfADocument) {
  sources::Document document = document_of("guide/install.md", std::string("a\0b\xff", 4));
  document.media_type = "text/markdown";
  document.title = "Install";
  document.url = "https://docs.example/install";
  document.provenance = {
      "1a2b", Instant(std::chrono::microseconds(1700000000000001)), {"A <a@b>"}, "team"};
  document.allow = {"public", "staff"};
  document.deny = {"guest"};
  document.metadata = {{"product", "billing"}, {"locale", "de"}};

  store({upsert_of(document)});
  reopen();

  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:guide/install.md"));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->document.body, document.body);
  EXPECT_EQ(found->content_hash, to_hex(hash128(document.body)));
  EXPECT_EQ(found->document.external_id, document.external_id);
  EXPECT_EQ(found->document.version, document.version);
  EXPECT_EQ(found->document.media_type, document.media_type);
  EXPECT_EQ(found->document.title, document.title);
  EXPECT_EQ(found->document.url, document.url);
  EXPECT_EQ(found->document.provenance.revision, "1a2b");
  EXPECT_EQ(found->document.provenance.updated_at, document.provenance.updated_at);
  EXPECT_EQ(found->document.provenance.authors, document.provenance.authors);
  EXPECT_EQ(found->document.provenance.owner, "team");
  EXPECT_EQ(found->document.allow, document.allow);
  EXPECT_EQ(found->document.deny, document.deny);
  EXPECT_EQ(found->document.metadata, document.metadata);
  EXPECT_EQ(found->first_seen_at, clock_.now());
}

TEST_P(LedgerStore, ChangesNothingWhenABatchIsAppliedTwice) {
  const std::vector<sources::Change> changes = {upsert("a.md", "alpha"), upsert("b.md", "beta")};
  store(changes);

  const StoreReport again = store(changes);

  EXPECT_EQ(again.unchanged, 2U);
  EXPECT_EQ(again.added + again.updated, 0U);
  EXPECT_EQ(again.last_sequence, 2U);
}

TEST_P(LedgerStore, GivesAnEditTheNextSequenceNumber) {
  store({upsert("a.md", "alpha"), upsert("b.md", "beta")});

  const StoreReport report = store({upsert("a.md", "alpha, revised")});

  EXPECT_EQ(report.updated, 1U);
  EXPECT_THAT(changes_after(2), ElementsAre("docs:a.md"));
  EXPECT_THAT(changes_after(0), ElementsAre("docs:b.md", "docs:a.md"));
}

TEST_P(LedgerStore, NotesANewVersionOfTheSameContentWithoutASequenceNumber) {
  store({upsert("a.md", "alpha")});
  sources::Document document = document_of("a.md", "alpha");
  document.version = "touched";
  document.provenance.revision = "ffff";

  const StoreReport report = store({upsert_of(document)});

  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_EQ(report.last_sequence, 1U);
  ASSERT_SUCCEEDS(const auto known, ledger_->known("docs")->after("", 10));
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].version, "touched");
}

TEST_P(LedgerStore, GivesASequenceNumberToEveryFieldThatTheIndexShows) {
  using Edit = void (*)(sources::Document&);
  const Edit edits[] = {[](sources::Document& d) { d.title = "T"; },
                        [](sources::Document& d) { d.url = "https://x"; },
                        [](sources::Document& d) { d.allow = {}; },
                        [](sources::Document& d) { d.deny = {"x"}; },
                        [](sources::Document& d) {
                          d.metadata = {{"k", "v"}};
                        },
                        [](sources::Document& d) { d.provenance.owner = "o"; },
                        [](sources::Document& d) { d.media_type = "text/html"; },
                        [](sources::Document& d) { d.provenance.updated_at = Instant{}; }};
  store({upsert("a.md", "alpha")});
  std::uint64_t sequence = 1;
  for (const Edit edit : edits) {
    sources::Document document = document_of("a.md", "alpha");
    edit(document);

    const StoreReport report = store({upsert_of(document)});

    EXPECT_EQ(report.updated, 1U);
    EXPECT_EQ(report.last_sequence, ++sequence);
  }
}

TEST_P(LedgerStore, TurnsADeletedDocumentIntoATombstoneWithEvidence) {
  store({upsert("a.md", "alpha"), upsert("b.md", "beta")});
  clock_.advance(std::chrono::hours(1));

  const StoreReport report = store({removal("a.md")});

  EXPECT_EQ(report.deleted, 1U);
  EXPECT_THAT(changes_after(2), ElementsAre("-docs:a.md"));
  ASSERT_SUCCEEDS(const auto tombstones, ledger_->tombstones("docs"));
  ASSERT_EQ(tombstones.size(), 1U);
  EXPECT_EQ(tombstones[0].path, "a.md");
  EXPECT_EQ(tombstones[0].evidence, "deleted in 1a2b3c4d");
  EXPECT_EQ(tombstones[0].happened_at, Instant(std::chrono::seconds(1700000000)));
  EXPECT_EQ(tombstones[0].noticed_at, clock_.now());
  ASSERT_SUCCEEDS(const std::uint64_t count, ledger_->live_count("docs"));
  EXPECT_EQ(count, 1U);
}

TEST_P(LedgerStore, IgnoresTheDeletionOfWhatIsNotThere) {
  store({upsert("a.md", "alpha")});

  const StoreReport report = store({removal("never.md")});

  EXPECT_EQ(report.deleted, 0U);
  EXPECT_EQ(report.last_sequence, 1U);
}

TEST_P(LedgerStore, BringsADeletedDocumentBackWithItsHistory) {
  const Instant first = clock_.now();
  store({upsert("a.md", "alpha")});
  store({removal("a.md")});
  clock_.advance(std::chrono::hours(1));

  const StoreReport report = store({upsert("a.md", "alpha")});

  EXPECT_EQ(report.added, 1U);
  EXPECT_THAT(live(), ElementsAre("docs:a.md=alpha"));
  EXPECT_THAT(changes_after(2), ElementsAre("docs:a.md"));
  ASSERT_SUCCEEDS(const auto found, ledger_->document("docs:a.md"));
  EXPECT_EQ(found->first_seen_at, first);
}

TEST_P(LedgerStore, KeepsADocumentThatCouldNotBeRead) {
  store({upsert("a.md", "alpha")});
  sources::Change unknown;
  unknown.kind = sources::ChangeKind::Unknown;
  unknown.external_id = "a.md";

  const StoreReport report = store({unknown});

  EXPECT_EQ(report.unknown, 1U);
  EXPECT_THAT(live(), ElementsAre("docs:a.md=alpha"));
}

TEST_P(LedgerStore, TakesNarrowerPrincipalsForADocumentThatCouldNotBeRead) {
  sources::Document document = testing::document_of("a.md", "alpha");
  document.allow = {"staff", "public"};
  document.deny = {"guests"};
  store({testing::upsert_of(document)});
  sources::Change unknown;
  unknown.kind = sources::ChangeKind::Unknown;
  unknown.external_id = "a.md";
  unknown.document.allow = {"partners", "staff"};
  unknown.document.deny = {"interns"};

  const StoreReport first = store({unknown});
  const StoreReport again = store({unknown});

  EXPECT_EQ(first.unknown, 1U);
  EXPECT_EQ(first.last_sequence, 2U) << "the index is to hear of it";
  EXPECT_EQ(again.last_sequence, 2U);
  ASSERT_SUCCEEDS(const auto record, ledger_->document("docs:a.md"));
  EXPECT_THAT(record->document.allow, ElementsAre("staff"));
  EXPECT_THAT(record->document.deny, ElementsAre("guests", "interns"));
  EXPECT_EQ(record->document.body, "alpha");
  EXPECT_EQ(record->document.version, document.version);
}

TEST_P(LedgerStore, HidesADocumentThatCouldNotBeReadWhereTheSourceDoesNotSayWhoMaySeeIt) {
  store({upsert("a.md", "alpha")});
  sources::Change unknown;
  unknown.kind = sources::ChangeKind::Unknown;
  unknown.external_id = "a.md";

  store({unknown});

  ASSERT_SUCCEEDS(const auto record, ledger_->document("docs:a.md"));
  EXPECT_TRUE(record->document.allow.empty());
}

// --- principals of an older index
// -----------------------------------------------------------------

TEST_P(LedgerStore, SaysWhoMaySeeToday) {
  store({upsert("a.md", "alpha")});
  sources::Document narrowed = testing::document_of("a.md", "alpha");
  narrowed.allow = {"staff"};
  store({testing::upsert_of(narrowed)}, "c2");

  ASSERT_SUCCEEDS(const auto now, ledger_->principals("docs:a.md", 1));
  ASSERT_SUCCEEDS(const auto unknown, ledger_->principals("docs:none.md", 1));

  EXPECT_EQ(*now, (pipeline::Principals{{"staff"}, {}}));
  EXPECT_FALSE(unknown.has_value());
}

TEST_P(LedgerStore, LetsNobodySeeWhatIsTakenDown) {
  store({upsert("a.md", "alpha")});
  ASSERT_THAT(ledger_->forget("docs:a.md", "request 17"), testing::Succeeds());

  ASSERT_SUCCEEDS(const auto now, ledger_->principals("docs:a.md", 1));

  EXPECT_TRUE(now->allow.empty());
}

TEST_P(LedgerStore, LetsOnlyThoseSeeWhoMaySeeEveryDocumentThatAnIdMayMean) {
  store({upsert("a.md", "alpha")});
  sources::Change away = testing::moved("a.md", "b.md", "alpha");
  away.document.allow = {"staff", "public"};
  sources::Change other = upsert("a.md", "another");
  other.document.allow = {"public", "guests"};
  store({away, other}, "c2");

  ASSERT_SUCCEEDS(const auto before, ledger_->principals("docs:a.md", 1));
  ASSERT_SUCCEEDS(const auto since, ledger_->principals("docs:a.md", 99));

  EXPECT_THAT(before->allow, ElementsAre("public"));
  EXPECT_THAT(since->allow, ElementsAre("public", "guests"));
}

TEST_P(LedgerStore, ListsKnownDocumentsInByteOrderAndOnlyOfTheSourceAskedFor) {
  store({upsert("b.md", "1"), upsert("a/z.md", "2"), upsert("\xc3\xa4.md", "3"),
         upsert("gone.md", "4")});
  store({removal("gone.md")});
  ASSERT_THAT(ledger_->store("docs2", batch_of({upsert("other.md", "5")}, "c")), Succeeds());
  const auto known = ledger_->known("docs");

  ASSERT_SUCCEEDS(const auto first, known->after("", 2));
  ASSERT_SUCCEEDS(const auto rest, known->after("b.md", 2));

  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].external_id, "a/z.md");
  EXPECT_EQ(first[1].external_id, "b.md");
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].external_id, "\xc3\xa4.md");
}

TEST_P(LedgerStore, VisitsDocumentsInAscendingIdOverAllSources) {
  ASSERT_THAT(ledger_->store("a", batch_of({upsert("x", "1")}, "c")), Succeeds());
  ASSERT_THAT(ledger_->store("a-b", batch_of({upsert("x", "2")}, "c")), Succeeds());

  EXPECT_THAT(live(), ElementsAre("a-b:x=2", "a:x=1"));
  ASSERT_SUCCEEDS(const auto sources, ledger_->sources());
  EXPECT_THAT(sources, ElementsAre("a", "a-b"));
}

TEST_P(LedgerStore, KeepsTheNewestDeparturePerPathUntilThePathReturns) {
  sources::Batch batch = batch_of({}, "c1");
  batch.departures = {{"old.md", std::nullopt, "1111", Instant(std::chrono::seconds(1)), "A"},
                      {"moved.md", "new.md", "2222", Instant(std::chrono::seconds(2)), "B"}};
  ASSERT_THAT(ledger_->store("docs", batch), Succeeds());
  batch = batch_of({}, "c2");
  batch.departures = {{"old.md", std::nullopt, "3333", Instant(std::chrono::seconds(3)), "C"}};
  batch.returned = {"moved.md"};
  ASSERT_THAT(ledger_->store("docs", batch), Succeeds());

  ASSERT_SUCCEEDS(const auto departures, ledger_->departures("docs"));

  ASSERT_EQ(departures.size(), 1U);
  EXPECT_EQ(departures[0].path, "old.md");
  EXPECT_EQ(departures[0].revision, "3333");
  EXPECT_EQ(departures[0].moved_to, std::nullopt);
}

TEST_P(LedgerStore, ReplaysAtMostAsManyChangesAsAskedFor) {
  store({upsert("a", "1"), upsert("b", "2"), upsert("c", "3")});

  ASSERT_SUCCEEDS(const auto first, ledger_->changes_after(0, 2));
  ASSERT_SUCCEEDS(const auto rest, ledger_->changes_after(first.back().sequence, 2));

  EXPECT_EQ(first.size(), 2U);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].document.body, "3");
}

}  // namespace
}  // namespace freshet::testing
