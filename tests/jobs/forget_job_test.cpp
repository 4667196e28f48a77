#include "base/files.h"
#include "index/segments/hidden_documents.h"
#include "pipeline/ledger/ledger.h"
#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::Succeeds;

/// Two pages, synced; both have the word "wombat".
class ForgetJob : public FolderProgram {
 protected:
  void SetUp() override {
    FolderProgram::SetUp();
    page("secret.md", "The wombat is in the cellar.");
    page("other.md", "Another wombat is in the garden.");
    output({"sync"});
  }

  std::string found() { return output({"search", "wombat"}); }

  /// As long as it lives, a sync is running.
  Result<FileLock> running_sync() { return FileLock::acquire(data() / "sync.lock"); }
};

TEST_F(ForgetJob, HidesTheDocumentWhileASyncHoldsTheLock) {
  ASSERT_SUCCEEDS(const FileLock lock, running_sync());
  ASSERT_THAT(found(), HasSubstr("kb:secret.md"));

  EXPECT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();

  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
  EXPECT_THAT(found(), HasSubstr("kb:other.md"));
  EXPECT_THAT(output({"export", "--text"}), Not(HasSubstr("cellar")));
  EXPECT_THAT(output({"get", "kb:secret.md"}), Not(HasSubstr("cellar")));
}

TEST_F(ForgetJob, KeepsTheDocumentHiddenThroughTheSyncThatWasRunning) {
  {
    ASSERT_SUCCEEDS(const FileLock lock, running_sync());
    ASSERT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();
  }
  page("secret.md", "The wombat is in the attic.");
  page("third.md", "A third wombat.");

  output({"sync"});

  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
  EXPECT_THAT(found(), HasSubstr("kb:third.md"));
  output({"verify"});
}

TEST_F(ForgetJob, HidesADocumentThatMovedAndIsStillIndexedUnderItsFormerName) {
  ASSERT_SUCCEEDS(const auto ledger,
                  pipeline::open_sqlite_ledger(data(), clock_, pipeline::LedgerAccess::ReadWrite));
  ASSERT_SUCCEEDS(const auto record, ledger->document("kb:secret.md"));
  sources::Change move;
  move.external_id = "moved.md";
  move.moved_from = "secret.md";
  move.document = record->document;
  move.document.external_id = move.document.path = "moved.md";
  sources::Batch batch;
  batch.changes = {move};
  batch.next_cursor = "elsewhere";
  ASSERT_THAT(ledger->store("kb", batch), Succeeds());

  ASSERT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();

  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
}

TEST_F(ForgetJob, CompletesATakedownThatWasKilledAfterTheLedgerKnew) {
  ASSERT_SUCCEEDS(const auto ledger,
                  pipeline::open_sqlite_ledger(data(), clock_, pipeline::LedgerAccess::ReadWrite));
  ASSERT_THAT(ledger->forget("kb:secret.md", "request 17"), Succeeds());

  EXPECT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();

  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
}

TEST_F(ForgetJob, CompletesATakedownThatWasKilledBeforeTheLedgerKnew) {
  ASSERT_SUCCEEDS(const auto ledger,
                  pipeline::open_sqlite_ledger(data(), clock_, pipeline::LedgerAccess::ReadWrite));
  ASSERT_SUCCEEDS(const std::string identity, ledger->identity());
  ASSERT_SUCCEEDS(const std::uint64_t last, ledger->last_sequence());
  const std::vector<index::HiddenDocument> hidden{{"kb:secret.md", identity, last + 1}};
  ASSERT_THAT(index::hide_documents(data() / "index", hidden), Succeeds());
  ASSERT_THAT(found(), Not(HasSubstr("kb:secret.md")));

  EXPECT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();

  output({"sync"});
  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
}

TEST_F(ForgetJob, HidesTheDocumentFromAnIndexThatIsRebuiltMeanwhile) {
  output({"rebuild"});

  ASSERT_EQ(freshet({"forget", "kb:secret.md"}), ExitCode::Ok) << err_.str();

  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
  output({"rebuild"});
  EXPECT_THAT(found(), Not(HasSubstr("kb:secret.md")));
  output({"verify"});
}

TEST_F(ForgetJob, TakesNothingDownWhenOneOfTheDocumentsIsUnknown) {
  EXPECT_EQ(freshet({"forget", "kb:secret.md", "kb:none.md"}), exit_code_of(ErrorKind::NotFound));

  EXPECT_THAT(found(), HasSubstr("kb:secret.md"));
}

}  // namespace
}  // namespace freshet::jobs
