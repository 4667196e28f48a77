#include "tests/sources/http_api/support/attachment_desk.h"

namespace freshet::sources::http_api {
namespace {

using freshet::testing::FailsWith;
using sources::testing::changes_of;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t kTickets = 6;
/// One ticket with a file of 100 bytes is more than half of it, two are more than all.
constexpr std::size_t kBatchBytes = 900;

/// Six tickets on one page, each with one file.
class AttachmentBatchesTest : public AttachmentsTest {
 protected:
  AttachmentBatchesTest() {
    for (std::size_t i = 0; i < kTickets; ++i) add_ticket(std::to_string(10 + i));
  }

  void add_ticket(const std::string& id) {
    const std::string url = "https://desk.example/files/" + id;
    const Json files{{{"id", id}, {"name", id + ".log"}, {"url", url}}};
    const Json comment{{"id", "1"}, {"text", "See it."}, {"public", true}, {"files", files}};
    more_tickets_.push_back(
        {{"id", id}, {"open", true}, {"files", Json::array()}, {"comments", {comment}}});
    answers_.emplace(url, file(std::string(100, 'x')));
  }

  void expect_all_texts() {
    for (std::size_t i = 0; i < kTickets; ++i) {
      const Thread read = thread("tickets/" + std::to_string(10 + i));
      EXPECT_THAT(read.messages.at(0).attachments.at(0).text, SizeIs(100)) << i;
    }
  }

  [[nodiscard]] std::size_t listings() const { return requests_.size() - asked().size(); }
};

TEST_F(AttachmentBatchesTest, LeaveNothingOutBecauseABatchIsFull) {
  ASSERT_SUCCEEDS(const auto batches, sync({.max_bytes = kBatchBytes}));

  expect_all_texts();
  EXPECT_THAT(batches, SizeIs(Gt(2U)));
  for (const Batch& batch : batches) {
    EXPECT_THAT(batch.changes, SizeIs(::testing::Le(3U)));
    EXPECT_THAT(batch.skipped, IsEmpty());
  }
  EXPECT_TRUE(batches.back().complete);
  EXPECT_EQ(listings(), 1U) << "a page is read once";
  EXPECT_THAT(asked(), SizeIs(kTickets)) << "and so is a file";
}

TEST_F(AttachmentBatchesTest, GoOnAfterARestartWithThePageThatWasNotHandedOverWhole) {
  while (ledger_.documents.size() < kTickets + 1) {
    const std::size_t before = ledger_.documents.size();
    ASSERT_SUCCEEDS(const auto connector, connect());
    ASSERT_SUCCEEDS(const auto batch,
                    sources::testing::fetch(*connector, ledger_, {.max_bytes = kBatchBytes}));
    ledger_.store(batch);
    ASSERT_GT(ledger_.documents.size(), before);
  }
  ASSERT_SUCCEEDS(const auto rest, sync({.max_bytes = kBatchBytes}));

  expect_all_texts();
}

TEST_F(AttachmentBatchesTest, AreGivenAgainWhereABatchWasLost) {
  ASSERT_SUCCEEDS(const auto connector, connect());
  ASSERT_SUCCEEDS(const auto first,
                  sources::testing::fetch(*connector, ledger_, {.max_bytes = kBatchBytes}));
  ledger_.store(first);
  ASSERT_SUCCEEDS(const auto lost,
                  sources::testing::fetch(*connector, ledger_, {.max_bytes = kBatchBytes}));

  ASSERT_SUCCEEDS(const auto rest, sources::testing::sync(*connector, ledger_));

  expect_all_texts();
}

TEST_F(AttachmentBatchesTest, ReadAWholePageAgainWhenEverythingIsReadAgain) {
  ASSERT_SUCCEEDS(const auto before, sync());

  ASSERT_SUCCEEDS(const auto again, sync({.mode = FetchMode::Full, .max_bytes = kBatchBytes}));

  EXPECT_THAT(changes_of(again), SizeIs(kTickets + 1));
  EXPECT_THAT(again, SizeIs(Gt(2U)));
}

TEST_F(AttachmentBatchesTest, GoOnWithTheDocumentThatWasInterrupted) {
  const std::string third = "https://desk.example/files/12";
  const auto answer = std::exchange(answers_.at(third), Error{ErrorKind::Interrupted, "stopped"});
  ASSERT_SUCCEEDS(const auto connector, connect());
  ASSERT_SUCCEEDS(const auto first,
                  sources::testing::fetch(*connector, ledger_, {.max_bytes = kBatchBytes}));
  ledger_.store(first);
  Result<Batch> stopped = first;
  while (stopped && stopped->more) {
    stopped = sources::testing::fetch(*connector, ledger_, {.max_bytes = kBatchBytes});
    if (stopped) ledger_.store(*stopped);
  }
  EXPECT_THAT(stopped, FailsWith(ErrorKind::Interrupted, HasSubstr("stopped")));
  answers_.at(third) = answer;

  ASSERT_SUCCEEDS(const auto rest,
                  sources::testing::sync(*connector, ledger_, {.max_bytes = kBatchBytes}));

  expect_all_texts();
}

}  // namespace
}  // namespace freshet::sources::http_api
