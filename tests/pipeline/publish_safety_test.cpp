#include <functional>
#include <stop_token>
#include <utility>

#include "pipeline/publish.h"
#include "tests/pipeline/publish_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::PublishReport;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

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
