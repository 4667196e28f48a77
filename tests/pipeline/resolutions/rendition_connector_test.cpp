#include "pipeline/resolutions/rendition_connector.h"

#include <gmock/gmock.h>

#include "pipeline/pull.h"
#include "pipeline/source_renditions.h"
#include "tests/pipeline/ledger/ledger_fixture.h"
#include "tests/pipeline/resolutions/thread_fixture.h"
#include "tests/pipeline/scripted_connector.h"

namespace freshet::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;
using pipeline::RenditionConnector;
using pipeline::RenditionPolicy;
using sources::Thread;

sources::Document document_of(std::string id, std::string version, const Thread& thread) {
  sources::Document document;
  document.external_id = id;
  document.path = std::move(id);
  document.version = std::move(version);
  document.media_type = sources::kThreadMediaType;
  document.title = thread.title;
  document.body = write_thread(thread);
  return document;
}

sources::Change thread_change(std::string id, std::string version, const Thread& thread) {
  return upsert_of(document_of(std::move(id), std::move(version), thread));
}

/// The manual clock starts at the third midnight behind minute 0.
Thread ticket() {
  return solved_ticket({customer(0, "I cannot sign in."), note(5, "CANARY"),
                        agent(30, "Reset the second factor in the settings.")});
}

/// A ledger, and the connector that a script stands behind.
class RenditionConnectorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened =
        pipeline::open_sqlite_ledger(directory_.path(), clock_, pipeline::LedgerAccess::ReadWrite);
    ASSERT_THAT(opened, Succeeds());
    ledger_ = *std::move(opened);
  }

  /// One pull of these changes; without any, the source has nothing new.
  Result<pipeline::PullReport> pull(std::vector<sources::Change> changes, bool complete = true) {
    auto script = std::make_unique<ScriptedConnector>();
    script->then_do([&, changes](const sources::FetchRequest& request) -> Result<sources::Batch> {
      known_.clear();
      const auto page = request.known.after("", 100);
      for (const auto& document : *page) known_.push_back(document.external_id);
      inner_cursor_ = request.cursor;
      auto batch = batch_of(
          changes, changes.empty() ? std::string(request.cursor) : std::to_string(++batches_));
      batch.complete = complete;
      return batch;
    });
    RenditionConnector connector(std::move(script), policy_,
                                 pipeline::stored_documents("desk", *ledger_), clock_);
    return pipeline::pull("desk", connector, *ledger_, options_, {});
  }

  std::vector<std::string> live() {
    std::vector<std::string> ids;
    EXPECT_THAT(ledger_->for_each_document("desk", pipeline::Ledger::Bodies::No,
                                           [&](const auto& record) -> Result<Done> {
                                             ids.push_back(record.document.external_id);
                                             return Done{};
                                           }),
                Succeeds());
    return ids;
  }

  sources::Document stored(const std::string& id) {
    const auto record = ledger_->document("desk:" + id);
    EXPECT_TRUE(record && *record) << id;
    return (*record)->document;
  }

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::unique_ptr<pipeline::Ledger> ledger_;
  pipeline::PullOptions options_;
  RenditionPolicy policy_{.source_principals = {"public"}, .publish_to = {"public"}, .settle = 24h};
  std::vector<std::string> known_;
  std::string inner_cursor_;
  int batches_ = 0;
};

TEST_F(RenditionConnectorTest, MakesThreeDocumentsOfASettledTicket) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());

  EXPECT_THAT(live(), ElementsAre("7", "7~internal", "7~resolution"));
  EXPECT_THAT(stored("7").allow, ElementsAre("org:1"));
  EXPECT_THAT(stored("7~internal").allow, ElementsAre("internal"));
  EXPECT_THAT(stored("7~resolution").allow, ElementsAre("public"));
  EXPECT_THAT(stored("7~internal").body, HasSubstr("CANARY"));
  EXPECT_EQ(stored("7").body.find("CANARY"), std::string::npos);
  EXPECT_EQ(stored("7~resolution").body.find("CANARY"), std::string::npos);
}

TEST_F(RenditionConnectorTest, PublishesNoResolutionUnlessTheConfigurationSaysSo) {
  policy_.publish_to.clear();

  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());

  EXPECT_THAT(live(), ElementsAre("7", "7~internal"));
}

TEST_F(RenditionConnectorTest, HidesSiblingsFromTheConnector) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket()), upsert("a~internal", "a file")}),
              Succeeds());

  ASSERT_THAT(pull({}), Succeeds());

  EXPECT_THAT(known_, ElementsAre("7", "a~internal"));
  EXPECT_EQ(stored("7").version, "v1");
}

TEST_F(RenditionConnectorTest, WritesNothingWhenNothingIsNew) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  const auto before = *ledger_->last_sequence();

  const auto report = pull({thread_change("7", "v1", ticket())});

  ASSERT_THAT(report, Succeeds());
  EXPECT_EQ(report->stored.unchanged, 3U);
  EXPECT_EQ(*ledger_->last_sequence(), before);
}

TEST_F(RenditionConnectorTest, TakesTheResolutionBackWhenATicketIsReopened) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  auto reopened = ticket();
  reopened.state = "open";

  ASSERT_THAT(pull({thread_change("7", "v2", reopened)}, false), Succeeds());

  EXPECT_THAT(live(), ElementsAre("7", "7~internal"));
}

TEST_F(RenditionConnectorTest, TakesTheResolutionBackWhenOneBatchSolvesAndReopens) {
  auto reopened = ticket();
  reopened.resolved = false;
  reopened.messages.erase(reopened.messages.begin() + 1);

  ASSERT_THAT(pull({thread_change("7", "v1", ticket()), thread_change("7", "v2", reopened)}),
              Succeeds());

  EXPECT_THAT(live(), ElementsAre("7"));
}

TEST_F(RenditionConnectorTest, TakesTheInternalRenditionBackWithTheLastNote) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  auto without = ticket();
  without.messages.erase(without.messages.begin() + 1);

  ASSERT_THAT(pull({thread_change("7", "v2", without)}, false), Succeeds());

  EXPECT_THAT(live(), ElementsAre("7", "7~resolution"));
}

TEST_F(RenditionConnectorTest, DeletesSiblingsWithTheirThread) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket()), thread_change("70", "v1", ticket())}),
              Succeeds());

  ASSERT_THAT(pull({removal("7")}), Succeeds());

  EXPECT_THAT(live(), ElementsAre("70", "70~internal", "70~resolution"));
}

TEST_F(RenditionConnectorTest, MovesSiblingsWithTheirThread) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  auto change = thread_change("8", "v1", ticket());
  change.moved_from = "7";

  const auto report = pull({change});

  ASSERT_THAT(report, Succeeds());
  EXPECT_EQ(report->stored.moved, 3U);
  EXPECT_THAT(live(), ElementsAre("8", "8~internal", "8~resolution"));
}

TEST_F(RenditionConnectorTest, MakesTheResolutionOnceTheTicketHasSettled) {
  policy_.settle = 96h;
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  EXPECT_THAT(live(), ElementsAre("7", "7~internal"));
  ASSERT_THAT(pull({}), Succeeds());
  EXPECT_EQ(inner_cursor_, "1");

  clock_.set(minute(60) + 96h - 1s);
  ASSERT_THAT(pull({}), Succeeds());
  EXPECT_THAT(live(), ElementsAre("7", "7~internal")) << "a second before its time";

  clock_.set(minute(60) + 96h);
  ASSERT_THAT(pull({}), Succeeds());
  EXPECT_THAT(live(), ElementsAre("7", "7~internal", "7~resolution"));
  EXPECT_EQ(stored("7~resolution").body.find("CANARY"), std::string::npos);
}

TEST_F(RenditionConnectorTest, MakesTheSameResolutionLateAsAtOnce) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  policy_.settle = 96h;
  ASSERT_THAT(pull({thread_change("8", "v1", ticket())}), Succeeds());
  clock_.advance(96h);

  ASSERT_THAT(pull({}), Succeeds());

  EXPECT_EQ(stored("8~resolution").body, stored("7~resolution").body);
  EXPECT_EQ(stored("8~resolution").version, stored("7~resolution").version);
}

TEST_F(RenditionConnectorTest, ForgetsTheTimeOfATicketThatIsReopenedOrGone) {
  policy_.settle = 96h;
  ASSERT_THAT(pull({thread_change("7", "v1", ticket()), thread_change("8", "v1", ticket())}),
              Succeeds());
  auto reopened = ticket();
  reopened.state = "open";
  ASSERT_THAT(pull({thread_change("7", "v2", reopened), removal("8")}), Succeeds());
  clock_.advance(200h);

  ASSERT_THAT(pull({}), Succeeds());

  EXPECT_THAT(live(), ElementsAre("7", "7~internal"));
}

TEST_F(RenditionConnectorTest, AppliesAChangedPolicyToWhatIsStored) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());

  policy_.publish_to = {"partners"};
  ASSERT_THAT(pull({}), Succeeds());
  EXPECT_THAT(stored("7~resolution").allow, ElementsAre("partners"));

  policy_.publish_to.clear();
  ASSERT_THAT(pull({}), Succeeds());
  EXPECT_THAT(live(), ElementsAre("7", "7~internal"));
}

TEST_F(RenditionConnectorTest, AppliesChangedPrincipalsToPublicThreads) {
  auto open_to_all = ticket();
  open_to_all.audience = kPublic;
  ASSERT_THAT(pull({thread_change("7", "v1", open_to_all)}), Succeeds());
  EXPECT_THAT(stored("7").allow, ElementsAre("public"));

  policy_.source_principals = {"partners"};
  ASSERT_THAT(pull({}), Succeeds());

  EXPECT_THAT(stored("7").allow, ElementsAre("partners"));
}

TEST_F(RenditionConnectorTest, KeepsWhatItHasOfAThreadThatCannotBeRead) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  auto broken = thread_change("7", "v2", ticket());
  broken.document.body = "{}";

  const auto report = pull({broken});

  ASSERT_THAT(report, Succeeds());
  EXPECT_THAT(report->problems,
              ElementsAre(HasSubstr("7 is kept as it was: cannot read a thread")));
  EXPECT_THAT(live(), ElementsAre("7", "7~internal", "7~resolution"));
}

TEST_F(RenditionConnectorTest, MakesNoResolutionOfADuplicateButKeepsItsLink) {
  auto duplicate = ticket();
  duplicate.outcome = "duplicate";
  duplicate.fields = {agent(60, "https://support.example/7")};
  duplicate.fields[0].id = "duplicate_of";

  ASSERT_THAT(pull({thread_change("8", "v1", duplicate)}), Succeeds());

  EXPECT_THAT(live(), ElementsAre("8", "8~internal"));
  EXPECT_THAT(stored("8").body, HasSubstr("https://support.example/7"));
}

TEST_F(RenditionConnectorTest, CountsATicketOnceInTheDeleteGuard) {
  std::vector<sources::Change> tickets;
  for (int i = 0; i < 10; ++i) tickets.push_back(thread_change(std::to_string(i), "v1", ticket()));
  ASSERT_THAT(pull(tickets), Succeeds());
  options_.guard = {.max_fraction = 0.2, .max_count = 0};

  EXPECT_THAT(pull({removal("1"), removal("2")}), Succeeds());
  EXPECT_THAT(pull({removal("3"), removal("4")}),
              FailsWith(ErrorKind::Refused, HasSubstr("would delete 2 of 8 documents")));
}

TEST_F(RenditionConnectorTest, GivesNoSiblingsToAThreadThatWasTakenDown) {
  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());
  EXPECT_THAT(*pipeline::siblings_of(*ledger_, "desk:7"),
              ElementsAre("desk:7~internal", "desk:7~resolution"));
  ASSERT_THAT(ledger_->forget("desk:7", "asked to"), Succeeds());
  policy_.taken_down = {"7"};

  ASSERT_THAT(pull({thread_change("7", "v2", ticket())}), Succeeds());

  EXPECT_THAT(live(), IsEmpty());
}

TEST_F(RenditionConnectorTest, LeavesACursorAloneThatNeedsNothing) {
  policy_ = {};

  ASSERT_THAT(pull({thread_change("7", "v1", ticket())}), Succeeds());

  EXPECT_EQ(*ledger_->cursor("desk"), "1");
  EXPECT_THAT(known_, IsEmpty());
}

TEST(RenditionCursor, AcceptsAnyCursor) {
  for (const std::string text : {"", "x", "renditions 1 {", "renditions 1 {}\n",
                                 "renditions 1 []\nx", "renditions 1 {\"due\":{\"7\":3}}\nx"}) {
    const auto cursor = pipeline::read_cursor(text);
    EXPECT_EQ(pipeline::read_cursor(pipeline::write_cursor(cursor)).inner, cursor.inner);
  }
  EXPECT_EQ(pipeline::read_cursor("renditions 1 []\nx\ny").inner, "x\ny");
}

}  // namespace
}  // namespace freshet::testing
