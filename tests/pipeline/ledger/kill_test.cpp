// kill -9 at random moments of a writer, with an oracle outside the process (promises 2 and 3).
#include <algorithm>
#include <array>
#include <csignal>
#include <random>
#include <set>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

constexpr int kKills = 20;
constexpr int kDocumentsPerBatch = 5;
constexpr int kMaxBatches = 100000;

/// Batch n writes its number into documents of its own and into five that every batch rewrites, and
/// deletes what the batch before the last one added: adds, edits and deletes in one transaction.
sources::Batch numbered_batch(int number) {
  std::vector<sources::Change> changes;
  const std::string body = std::to_string(number);
  for (int document = 0; document < kDocumentsPerBatch; ++document) {
    changes.push_back(upsert("shared-" + std::to_string(document), body));
    changes.push_back(upsert("own-" + body + "-" + std::to_string(document), body));
    if (number >= 2) {
      changes.push_back(
          removal("own-" + std::to_string(number - 2) + "-" + std::to_string(document)));
    }
  }
  return batch_of(std::move(changes), body);
}

/// Goes on from the stored cursor, announcing each batch on the pipe once the ledger has
/// acknowledged it.
[[noreturn]] void store_until_killed(const std::filesystem::path& data_dir, int acknowledge) {
  const SystemClock clock;
  auto ledger = pipeline::open_sqlite_ledger(data_dir, clock, pipeline::LedgerAccess::ReadWrite);
  if (!ledger) ::_exit(3);
  const auto cursor = (*ledger)->cursor("docs");
  if (!cursor) ::_exit(4);
  for (int number = cursor->empty() ? 0 : std::stoi(*cursor) + 1; number < kMaxBatches; ++number) {
    if (!(*ledger)->store("docs", numbered_batch(number))) ::_exit(5);
    if (::write(acknowledge, &number, sizeof number) != sizeof number) ::_exit(6);
  }
  ::_exit(7);
}

/// Runs a writer and kills it `delay` after its first acknowledgement. Returns the last number
/// announced.
int kill_a_writer(const std::filesystem::path& data_dir, std::chrono::microseconds delay) {
  std::array<int, 2> ends{};
  EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) store_until_killed(data_dir, ends[1]);
  ::close(ends[1]);
  int last = -1;
  EXPECT_EQ(::read(ends[0], &last, sizeof last), static_cast<ssize_t>(sizeof last));
  ::usleep(static_cast<useconds_t>(delay.count()));
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);
  for (int number = 0; ::read(ends[0], &number, sizeof number) == sizeof number;) last = number;
  ::close(ends[0]);
  return last;
}

/// Exactly the documents that batches 0 to `number` leave behind.
std::set<std::string> expected_after(int number) {
  std::set<std::string> expected;
  for (int document = 0; document < kDocumentsPerBatch; ++document) {
    const std::string suffix = "-" + std::to_string(document);
    expected.insert("docs:shared" + suffix + "=" + std::to_string(number));
    for (int own = std::max(0, number - 1); own <= number; ++own) {
      expected.insert("docs:own-" + std::to_string(own) + suffix + "=" + std::to_string(own));
    }
  }
  return expected;
}

TEST(LedgerKill, KeepsEveryAcknowledgedBatchWholeWithItsCursor) {
  const TemporaryDirectory directory;
  std::mt19937 random(20261121);
  std::uniform_int_distribution<int> microseconds(0, 60000);
  int reached = -1;
  for (int kill = 0; kill < kKills; ++kill) {
    const int acknowledged =
        kill_a_writer(directory.path(), std::chrono::microseconds(microseconds(random)));

    const SystemClock clock;
    ASSERT_SUCCEEDS(auto ledger, pipeline::open_sqlite_ledger(directory.path(), clock,
                                                              pipeline::LedgerAccess::ReadWrite));
    ASSERT_SUCCEEDS(const std::string cursor, ledger->cursor("docs"));
    const int stored = std::stoi(cursor);
    EXPECT_GE(stored, acknowledged);
    EXPECT_LE(stored, acknowledged + 1) << "only the batch in flight may be there unannounced";
    EXPECT_GE(stored, reached);
    std::set<std::string> live;
    ASSERT_THAT(
        ledger->for_each_document("docs", pipeline::Ledger::Bodies::Yes,
                                  [&](const pipeline::DocumentRecord& record) -> Result<Done> {
                                    live.insert(record.id + "=" + record.document.body);
                                    return Done{};
                                  }),
        Succeeds());
    EXPECT_EQ(live, expected_after(stored));
    reached = stored;
  }
}

}  // namespace
}  // namespace freshet::testing
