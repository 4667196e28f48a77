#include <algorithm>
#include <map>

#include "base/files.h"
#include "tests/jobs/command_line_fixture.h"

namespace freshet::jobs {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

/// Sources "docs" and "kb", each a folder, synced once.
class SyncDue : public FolderProgram {
 protected:
  void SetUp() override {
    clock_.set(std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + hours{12});
    page("one.md", "The wombat eats grass.");
    directory_.write("docs/guide.md", "# Guide\n\nThe heron eats fish.\n");
    two_sources("", "");
    output({"sync", "--due"});
  }

  void two_sources(const std::string& of_docs, const std::string& of_kb) {
    configure(of_kb + "  - name: docs\n    type: folder\n    path: ./docs\n" + of_docs);
  }

  std::string due() { return output({"sync", "--due"}); }

  [[nodiscard]] std::map<std::string, std::filesystem::file_time_type> files() const {
    std::map<std::string, std::filesystem::file_time_type> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data())) {
      files.emplace(entry.path().string(), entry.last_write_time());
    }
    return files;
  }
};

TEST_F(SyncDue, SaysNothingAndWritesNothingWhenNothingIsDue) {
  const auto before = files();

  EXPECT_EQ(due(), "");
  EXPECT_EQ(err_.str(), "");
  EXPECT_EQ(files(), before);
}

TEST_F(SyncDue, PullsASourceWithoutAScheduleAnHourAfterItsLastSync) {
  page("two.md", "The badger eats worms.");
  clock_.advance(minutes{59});
  EXPECT_EQ(due(), "");

  clock_.advance(minutes{1});

  EXPECT_THAT(due(), HasSubstr("pull kb"));
  EXPECT_THAT(output({"search", "badger"}), HasSubstr("kb:two.md"));
}

TEST_F(SyncDue, PullsOnlyTheSourceWhoseScheduleHasCome) {
  two_sources("    schedule: \"*/10 * * * *\"\n", "    schedule: \"@daily\"\n");
  clock_.advance(minutes{10});

  EXPECT_THAT(due(), AllOf(HasSubstr("pull docs"), Not(HasSubstr("pull kb"))));
  EXPECT_EQ(due(), "");
}

TEST_F(SyncDue, RemembersThatASourceWithoutNewsWasLookedAt) {
  clock_.advance(hours{1});
  EXPECT_THAT(due(), HasSubstr("pull kb"));
  clock_.advance(minutes{1});

  EXPECT_EQ(due(), "");
}

TEST_F(SyncDue, CountsAPlainSyncThatHadNews) {
  page("two.md", "The badger eats worms.");
  clock_.advance(minutes{30});
  output({"sync"});
  clock_.advance(minutes{45});

  EXPECT_EQ(due(), "");
}

TEST_F(SyncDue, LeavesAPlainSyncWithoutNewsWithoutATrace) {
  clock_.advance(minutes{30});
  const auto before = files();

  output({"sync"});

  EXPECT_EQ(files(), before);
}

TEST_F(SyncDue, LeavesWithOneLineWhenAnotherJobHoldsTheLock) {
  clock_.advance(hours{1});
  ASSERT_SUCCEEDS(const auto lock, FileLock::acquire(data() / "sync.lock"));

  const std::string said = due();

  EXPECT_THAT(said, HasSubstr("another_job_is_running"));
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1);
}

TEST_F(SyncDue, PublishesTheOthersWhereOneSourceFailsAndTriesThatAgainLater) {
  std::filesystem::remove_all(directory_ / "docs");
  page("two.md", "The badger eats worms.");
  clock_.advance(hours{1});

  EXPECT_EQ(freshet({"sync", "--due"}), ExitCode::CompletedWithErrors);

  EXPECT_THAT(output({"search", "badger"}), HasSubstr("kb:two.md"));
  EXPECT_EQ(due(), "");
  clock_.advance(minutes{1});
  EXPECT_NE(freshet({"sync", "--due"}), ExitCode::Ok);
  EXPECT_THAT(out_.str(), AllOf(HasSubstr("docs"), Not(HasSubstr("pull kb"))));
}

TEST_F(SyncDue, IsDueAgainWhereNothingCouldBePublished) {
  std::filesystem::remove(data() / "ledger.sqlite");
  clock_.advance(hours{1});
  EXPECT_NE(freshet({"sync", "--due"}), ExitCode::Ok);
  clock_.advance(minutes{1});

  EXPECT_NE(freshet({"sync", "--due"}), ExitCode::Ok);

  EXPECT_THAT(out_.str(), HasSubstr("freshet rebuild"));
}

TEST_F(SyncDue, TakesADamagedRecordForNone) {
  directory_.write("data/schedule.json", "{\"sources\": [");

  EXPECT_THAT(due(), HasSubstr("pull kb"));
  EXPECT_EQ(due(), "");
}

}  // namespace
}  // namespace freshet::jobs
