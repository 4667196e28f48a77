#include "pipeline/resolutions/extract_thread.h"

#include <gmock/gmock.h>

#include "pipeline/extract/formats.h"
#include "pipeline/extract/text.h"
#include "sources/readable_file.h"
#include "tests/pipeline/resolutions/thread_fixture.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline {
namespace {

using testing::agent;
using ::testing::Contains;
using testing::customer;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::solved_ticket;
using testing::Succeeds;

ExtractedDocument extracted(const sources::Thread& thread) {
  auto result = extract_thread(write_thread(thread), "");
  EXPECT_THAT(result, Succeeds());
  return result ? *result : ExtractedDocument();
}

std::vector<std::string> texts(const ExtractedDocument& document) {
  std::vector<std::string> found;
  for (const Block& block : document.blocks) found.push_back(block.text);
  return found;
}

TEST(ExtractThread, SaysWhoSpeaks) {
  auto thread =
      solved_ticket({customer(0, "It fails."), agent(10, "<p>Try <b>2.1</b>.</p><p>Now.</p>"),
                     testing::said(sources::Side::Bot, 20, "Rate us")});
  thread.messages[1].media_type = "text/html";

  const auto document = extracted(thread);

  EXPECT_EQ(document.title, "Sign-in fails");
  EXPECT_THAT(texts(document),
              ElementsAre("Customer: It fails.", "Agent: Try 2.1.", "Now.", "Bot: Rate us"));
}

TEST(ExtractThread, PutsTheSpeakerAboveATurnThatBeginsWithCode) {
  auto thread = solved_ticket({customer(0, "```\nrun\n```")});
  thread.messages[0].media_type = "text/markdown";

  EXPECT_THAT(texts(extracted(thread)), ElementsAre("Customer:", "run"));
}

TEST(ExtractThread, KeepsLinksWithTheirLines) {
  const auto document = extracted(
      solved_ticket({customer(0, "a\nb\nc"), agent(10, "See\nhttps://docs.example/x for it.")}));

  ASSERT_THAT(document.links, SizeIs(1));
  EXPECT_EQ(document.links[0].target, "https://docs.example/x");
  EXPECT_EQ(document.links[0].line, 5U);
  EXPECT_THAT(document.links[0].quote, HasSubstr("for it"));
  EXPECT_EQ(document.blocks[1].range.line_first, 4U);
}

TEST(ExtractThread, ShowsAResolutionAsProblemAndSolution) {
  auto thread = solved_ticket({customer(0, "It fails."), agent(10, "# Steps\n\nRestart it.")});
  thread.kind = "resolution";
  thread.messages[1].marked = true;
  thread.messages[1].media_type = "text/markdown";

  const auto document = extracted(thread);

  EXPECT_THAT(texts(document),
              ElementsAre("Problem", "It fails.", "Solution", "Steps", "Restart it."));
  EXPECT_EQ(document.blocks[3].level, 3U);
  EXPECT_THAT(document.blocks[3].anchor, IsEmpty());
}

TEST(ExtractThread, ListsFieldsAndAttachments) {
  auto thread = solved_ticket({customer(0, "See the log.")});
  thread.messages[0].attachments = {{"1", "server.log", "text/plain", 9, "https://x.example/1"}};
  thread.fields = {agent(60, "https://support.example/7")};
  thread.fields[0].id = "duplicate_of";

  const auto document = extracted(thread);

  EXPECT_THAT(texts(document), ElementsAre("Customer: See the log.", "Attachment: server.log",
                                           "Duplicate of: https://support.example/7"));
  EXPECT_THAT(document.links, SizeIs(2));
}

TEST(ExtractThread, PutsWhatIsInFilesBehindTheConversationUnderTheirNames) {
  auto thread = solved_ticket({customer(0, "See the log."), agent(10, "Restart it.")});
  thread.messages[0].attachments = {
      {"1", "server.log", "", 9, "", "10:00 start\n10:01 https://a.example failed"},
      {"2", "guide.md", "text/plain", 9, "",
       "---\nowner: Mallory\n---\n# Guide\n\nTurn it *off*."}};

  const auto document = extracted(thread);

  EXPECT_THAT(texts(document),
              ElementsAre("Customer: See the log.", "Attachment: server.log",
                          "Attachment: guide.md", "Agent: Restart it.", "Attachment: server.log",
                          "10:00 start\n10:01 https://a.example failed", "Attachment: guide.md",
                          "Guide", "Turn it off."));
  EXPECT_EQ(document.blocks[4].kind, BlockKind::Heading);
  EXPECT_EQ(document.blocks[4].level, 2U);
  EXPECT_EQ(document.blocks[7].level, 3U);
  EXPECT_THAT(document.owner, IsEmpty());
  EXPECT_THAT(document.title, "Sign-in fails");
  EXPECT_THAT(document.links, IsEmpty());
}

TEST(ExtractThread, ReadsFilesByTheirOwnFormats) {
  auto thread = solved_ticket({customer(0, "Here.")});
  thread.messages[0].attachments = {
      {"1", "page.html", "text/html", 9, "",
       "<p>Seen</p><p style=\"display:none\">CANARY</p><p "
       "hidden>CANARY</p><script>CANARY</script>"},
      {"2", "orders.csv", "text/csv", 9, "", "id,name\n1,<b>bold</b>"}};

  const auto found = texts(extracted(thread));

  EXPECT_THAT(found, Contains("Seen"));
  EXPECT_THAT(found, Contains("id,name\n1,<b>bold</b>"));
  EXPECT_THAT(found, Each(Not(HasSubstr("CANARY"))));
}

TEST(ExtractThread, NamesAFileOnOneLine) {
  auto thread = solved_ticket({customer(0, "Here.")});
  thread.messages[0].attachments = {{"1", "a\r\n\r\n# Agent\n.txt", "", 1, "", "text"}};

  EXPECT_THAT(texts(extracted(thread)), ElementsAre("Customer: Here.", "Attachment: a # Agent .txt",
                                                    "Attachment: a # Agent .txt", "text"));
}

TEST(ExtractThread, GoesOnBehindAFileThatCannotBeRead) {
  auto thread = solved_ticket({customer(0, "Here.")});
  thread.messages[0].attachments = {{"1", "a.txt", "", 1, "", "%PDF-1.7"},
                                    {"2", "b.txt", "", 1, "", "text"}};

  const auto document = extracted(thread);

  EXPECT_THAT(document.warnings, ElementsAre(HasSubstr("attachment 1")));
  EXPECT_EQ(texts(document).back(), "text");
}

TEST(ExtractThread, HasAReaderForEveryFileThatSourcesRead) {
  for (const Format& format : formats()) {
    for (const auto ending : split_at(format.endings, ' ')) {
      if (ending.empty()) continue;
      EXPECT_TRUE(sources::is_readable_file("a" + std::string(ending), "")) << ending;
    }
  }
}

TEST(ExtractThread, GoesOnBehindAMessageThatCannotBeRead) {
  auto thread = solved_ticket({customer(0, "%PDF-1.7 binary"), agent(10, "Restart it.")});

  const auto document = extracted(thread);

  EXPECT_THAT(document.warnings, ElementsAre(HasSubstr("message 0")));
  EXPECT_THAT(texts(document), ElementsAre("Agent: Restart it."));
}

TEST(ExtractThread, RefusesWhatIsNoThread) {
  EXPECT_THAT(extract_thread("# Markdown", ""), FailsWith(ErrorKind::Invalid, HasSubstr("thread")));
}

}  // namespace
}  // namespace freshet::pipeline
