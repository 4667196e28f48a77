#include "pipeline/resolutions/extract_thread.h"

#include <gmock/gmock.h>

#include "tests/pipeline/resolutions/thread_fixture.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline {
namespace {

using testing::agent;
using testing::customer;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
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
