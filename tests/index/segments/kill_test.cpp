#include <random>

#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::content_of;
using testing::document;
using testing::IndexFixture;
using testing::Succeeds;
using testing::texts_of;

constexpr std::size_t kDocuments = 5;

/// What step `sequence` changes: one document, sometimes to nothing.
IndexedDocument change(std::uint64_t sequence) {
  const auto version = static_cast<unsigned>(sequence);
  return document("d:" + std::to_string(sequence % kDocuments), sequence % 4, version);
}

Content content_at(std::uint64_t sequence) {
  Content content;
  for (std::uint64_t step = 1; step <= sequence; ++step) {
    const IndexedDocument changed = change(step);
    content.erase(changed.fields.id);
    if (!changed.passages.empty()) content[changed.fields.id] = texts_of(changed);
  }
  return content;
}

/// Publishes and merges until the timer kills the process; says over the pipe what it began and
/// finished.
[[noreturn]] void publish_until_killed(const IndexFixture& index, int pipe,
                                       suseconds_t microseconds) {
  const auto current = index.writer().current();
  std::uint64_t sequence = current ? current->ledger_sequence : 0;
  ::signal(SIGALRM, SIG_DFL);
  const itimerval timer{{0, 0}, {0, microseconds}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
  for (;;) {
    ++sequence;
    if (::write(pipe, &sequence, sizeof sequence) != sizeof sequence) ::_exit(2);
    if (!index.publish({change(sequence)}, {}, sequence)) ::_exit(3);
    if (!index.writer().merge(IndexWriter::MergeScope::WhenDue, Interruption())) ::_exit(4);
  }
}

/// The last step that the killed process began; `before` when it began none.
std::uint64_t last_begun(int pipe, std::uint64_t before) {
  std::uint64_t sequence = before;
  while (::read(pipe, &sequence, sizeof sequence) == sizeof sequence) {
  }
  return sequence;
}

TEST(KilledWriter, LeavesTheStateBeforeOrAfterTheStepItWasIn) {
  const IndexFixture index;
  std::mt19937 random(17);
  std::uint64_t sequence = 0;
  unsigned longest = 200'000;  // Grows where the machine is too slow to finish a step in that time.
  for (int round = 0; round < 30; ++round) {
    int ends[2] = {};
    ASSERT_EQ(::pipe(ends), 0);
    const auto microseconds = static_cast<suseconds_t>(1000 + random() % longest);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) publish_until_killed(index, ends[1], microseconds);
    ::close(ends[1]);
    const std::uint64_t begun = last_begun(ends[0], sequence);
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "exit code " << WEXITSTATUS(status);

    ASSERT_SUCCEEDS(const auto summary, index.writer().current());
    if (summary.number == 0) {
      longest += 100'000;
      continue;
    }
    ASSERT_TRUE(summary.ledger_sequence == begun || summary.ledger_sequence + 1 == begun)
        << summary.ledger_sequence << " " << begun;
    ASSERT_SUCCEEDS(const Content content, index.content());
    ASSERT_EQ(content, content_at(summary.ledger_sequence));
    if (summary.ledger_sequence == sequence) longest += 100'000;
    sequence = summary.ledger_sequence;
  }
  EXPECT_GT(sequence, 3U);
}

}  // namespace
}  // namespace freshet::index
