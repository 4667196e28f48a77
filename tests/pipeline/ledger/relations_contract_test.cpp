// What every ledger knows of the edges between documents.
#include <gmock/gmock.h>

#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::IncomingRelation;
using pipeline::OutgoingRelation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class LedgerRelations : public LedgerTest {
 protected:
  static sources::Change related(const std::string& id, std::vector<sources::Relation> relations) {
    sources::Document document = document_of(id, "text of " + id);
    document.metadata = {{"kind", "ticket"}};
    document.url = "https://desk.example/" + id;
    document.relations = std::move(relations);
    return upsert_of(std::move(document));
  }

  pipeline::Relations of(std::string_view id) {
    auto relations = ledger_->relations(id);
    EXPECT_THAT(relations, Succeeds());
    return relations ? *std::move(relations) : pipeline::Relations{};
  }

  std::vector<sources::Relation> stored(std::string_view id) {
    auto record = ledger_->document(id);
    EXPECT_THAT(record, Succeeds());
    return record && *record ? (*record)->document.relations : std::vector<sources::Relation>{};
  }
};
INSTANTIATE_TEST_SUITE_P(All, LedgerRelations, ::testing::ValuesIn(kLedgerKinds), ledger_kind_name);

const sources::Relation kRequester{"requester", "person", "7"};
const sources::Relation kProblem{"problem", "ticket", "2"};

TEST_P(LedgerRelations, AreStoredWithTheirDocumentInItsOrder) {
  store({related("tickets/1", {kRequester, kProblem})});
  reopen();

  EXPECT_THAT(stored("docs:tickets/1"), ElementsAre(kRequester, kProblem));
}

TEST_P(LedgerRelations, AreStoredWhenTheyAloneChangedWithoutASequenceNumber) {
  store({related("tickets/1", {kRequester, kProblem})});

  const auto report = store({related("tickets/1", {kProblem})});

  EXPECT_EQ(report.unchanged, 1U);
  EXPECT_EQ(report.last_sequence, 1U);
  EXPECT_THAT(stored("docs:tickets/1"), ElementsAre(kProblem));
}

TEST_P(LedgerRelations, FollowADocumentThatMoves) {
  store({related("tickets/1", {kRequester})});
  sources::Change change = related("tickets/9", {kRequester});
  change.moved_from = "tickets/1";

  store({change});

  EXPECT_THAT(stored("docs:tickets/9"), ElementsAre(kRequester));
}

TEST_P(LedgerRelations, GoWithADocumentThatIsDeletedOrTakenDown) {
  store({related("tickets/1", {kProblem}), related("tickets/2", {}),
         related("tickets/3", {kProblem})});

  store({removal("tickets/1")});
  ASSERT_THAT(ledger_->forget("docs:tickets/3", "request 17"), Succeeds());

  EXPECT_THAT(stored("docs:tickets/1"), IsEmpty());
  EXPECT_THAT(stored("docs:tickets/3"), IsEmpty());
  EXPECT_THAT(of("docs:tickets/2").incoming, IsEmpty());
  EXPECT_THAT(of("docs:tickets/3").outgoing, IsEmpty());
}

TEST_P(LedgerRelations, LeadToTheDocumentOfThatKindAndIdInTheSameSource) {
  store({related("tickets/1", {kProblem, kRequester}), related("tickets/2", {}),
         related("people/7", {})});
  ASSERT_THAT(ledger_->store("other", batch_of({related("tickets/2", {})}, "c")), Succeeds());

  EXPECT_THAT(
      of("docs:tickets/1").outgoing,
      ElementsAre(OutgoingRelation{kProblem, "docs:tickets/2"}, OutgoingRelation{kRequester, ""}));
  EXPECT_THAT(of("docs:tickets/2").incoming,
              ElementsAre(IncomingRelation{"problem", "docs:tickets/1"}));
  EXPECT_THAT(of("docs:people/7").incoming, IsEmpty());
  EXPECT_THAT(of("other:tickets/2").incoming, IsEmpty());
}

TEST_P(LedgerRelations, LeadToTheDocumentWithThatAddressInAnySource) {
  const sources::Relation duplicate{"duplicate_of", "ticket", "https://desk.example/tickets/2"};
  store({related("tickets/1", {duplicate})});
  ASSERT_THAT(ledger_->store("other", batch_of({related("tickets/2", {})}, "c")), Succeeds());

  EXPECT_THAT(of("docs:tickets/1").outgoing,
              ElementsAre(OutgoingRelation{duplicate, "other:tickets/2"}));
  EXPECT_THAT(of("other:tickets/2").incoming,
              ElementsAre(IncomingRelation{"duplicate_of", "docs:tickets/1"}));
}

TEST_P(LedgerRelations, CountALinkToADocumentAsACitation) {
  store({related("tickets/1", {}), related("articles/5", {})});
  pipeline::DerivedDocument derived;
  derived.document_id = "docs:tickets/1";
  for (const char* target : {"https://desk.example/articles/5#reset", "https://elsewhere.example/",
                             "https://desk.example/articles/5", "https://desk.example/tickets/1"}) {
    pipeline::LinkRecord link;
    link.target = target;
    derived.links.push_back(link);
  }
  ASSERT_THAT(ledger_->store_derived(std::span(&derived, 1)), Succeeds());

  EXPECT_THAT(of("docs:tickets/1").outgoing,
              ElementsAre(OutgoingRelation{{"cites", "ticket", "https://desk.example/articles/5"},
                                           "docs:articles/5"}));
  EXPECT_THAT(of("docs:articles/5").incoming,
              ElementsAre(IncomingRelation{"cites", "docs:tickets/1"}));
  EXPECT_THAT(of("docs:tickets/1").incoming, IsEmpty());
}

}  // namespace
}  // namespace freshet::testing
