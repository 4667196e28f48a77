#include "pipeline/resolutions/fold.h"

#include <chrono>

#include <gmock/gmock.h>

#include "pipeline/extract/text.h"

namespace freshet::pipeline {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string kept(const std::string& body, const std::string& type = "text/plain") {
  return std::string(trim(fold(body, type)));
}

TEST(Fold, LeavesAPlainMessageAlone) {
  EXPECT_EQ(kept("Hello,\n\nplease help.\n"), "Hello,\n\nplease help.");
}

TEST(Fold, KeepsBytesAndLinesWhereTheyStood) {
  const std::string body = "Fixed.\n\n> It fails\n> again\nReally.\n";
  const std::string folded = fold(body, "");

  EXPECT_EQ(folded.size(), body.size());
  EXPECT_EQ(folded.find("Really"), body.find("Really"));
  EXPECT_THAT(folded, Not(HasSubstr("It fails")));
}

TEST(Fold, TakesTheAttributionWithTheQuote) {
  EXPECT_EQ(kept("Try 2.1.\n\nOn Tue, Nov 3, 2026 at 10:21 AM Jane <j@x.example> wrote:\n> Help\n"),
            "Try 2.1.");
  EXPECT_EQ(
      kept("Try 2.1.\n\nOn Tue, Nov 3, 2026 at 10:21 AM Jane Doe\n<jane@x.example> wrote:\n\n> A"),
      "Try 2.1.");
  EXPECT_EQ(kept("Bitte neu starten.\n\nAm 3. November 2026 schrieb Jane <j@x.example>:\n> Hilfe"),
            "Bitte neu starten.");
  EXPECT_EQ(kept("Oui.\n\nLe mar. 3 nov. 2026 à 10:21, Jane <j@x.example> a écrit :\n> Aide"),
            "Oui.");
}

TEST(Fold, CutsAnUnmarkedReplyAtItsAttribution) {
  EXPECT_EQ(kept("Done.\nOn Nov 3, 2026, Jane <j@x.example> wrote:\nIt fails\nagain"), "Done.");
}

TEST(Fold, KeepsASentenceThatOnlyLooksLikeAnAttribution) {
  const std::string body = "On the server it wrote:\nerror in module 7\n";

  EXPECT_EQ(fold(body, ""), body);
}

TEST(Fold, CutsAtADivider) {
  EXPECT_EQ(kept("See below.\n\n-----Original Message-----\nFrom: Jane\nIt fails"), "See below.");
  EXPECT_EQ(kept("Siehe unten.\n-----Ursprüngliche Nachricht-----\nVon: Jane"), "Siehe unten.");
}

TEST(Fold, CutsAtAnOutlookHeaderBlock) {
  EXPECT_EQ(
      kept("Fixed.\n\n________________________________\nFrom: Jane <j@x.example>\nSent: Monday\n"
           "To: Support\nSubject: Help\n\nIt fails"),
      "Fixed.");
  EXPECT_EQ(kept("Fixed.\n\n**From:** Jane\n**Sent:** Monday\n**To:** Support\n\nIt fails"),
            "Fixed.");
}

TEST(Fold, KeepsAMessageThatNamesASender) {
  const std::string body = "From: the settings page you can reset it.\nThen sign in.\n";

  EXPECT_EQ(fold(body, ""), body);
}

TEST(Fold, TakesASignature) {
  EXPECT_EQ(kept("Restart it.\n\n-- \nJane Doe\nSupport, +1 212 555 0100\n"), "Restart it.");
  EXPECT_EQ(kept("Restart it.\n\nSent from my iPhone\n"), "Restart it.");
}

TEST(Fold, KeepsWhatIsTooLongForASignature) {
  std::string body = "One.\n\n--\n";
  for (int i = 0; i < 20; ++i) body += "line\n";

  EXPECT_EQ(fold(body, ""), body);
}

TEST(Fold, KeepsAMarkdownHeadingUnderlinedWithDashes) {
  const std::string body = "Steps\n--\nRestart it.\n";

  EXPECT_EQ(fold(body, "text/markdown"), body);
}

TEST(Fold, KeepsCodeAndAlerts) {
  const std::string body =
      "Run\n\n```\n> npm install\n>>> import os\n```\n\n> [!NOTE] restart\n\n>>> import sys\n";

  EXPECT_EQ(fold(body, "text/markdown"), body);
}

TEST(Fold, KeepsAMessageThatIsNothingButAQuote) {
  EXPECT_EQ(fold("> only this\n", ""), "> only this\n");
  const std::string html = "<div class=\"gmail_quote\">only this</div>";
  EXPECT_EQ(fold(html, "text/html"), html);
}

TEST(Fold, TakesTheQuotesAndSignaturesOfMailPrograms) {
  const auto folded = [](const std::string& tail) {
    return kept("<p>Restart it.</p>" + tail, "text/html; charset=utf-8");
  };

  EXPECT_EQ(
      folded("<div class=\"gmail_attr\">On Monday</div><blockquote class=\"gmail_quote\"><p>old"
             "</p></blockquote>"),
      "<p>Restart it.</p>");
  EXPECT_EQ(folded("<div class=\"x gmail_signature\">Jane</div>"), "<p>Restart it.</p>");
  EXPECT_EQ(folded("<div id=\"ydp1\" class=\"yahoo_quoted\">old</div>"), "<p>Restart it.</p>");
  EXPECT_EQ(folded("<blockquote type=\"cite\">old</blockquote>"), "<p>Restart it.</p>");
  EXPECT_EQ(folded("<aside class=\"quote no-group\"><blockquote>old</blockquote></aside>"),
            "<p>Restart it.</p>");
  EXPECT_EQ(folded("<hr><div id=\"divRplyFwdMsg\">From</div><div>old</div>"),
            "<p>Restart it.</p><hr>");
}

TEST(Fold, KeepsAnHtmlQuoteThatAnAuthorWrote) {
  const std::string body = "<p>The manual says</p><blockquote>restart</blockquote>";

  EXPECT_EQ(fold(body, "text/html"), body);
}

TEST(Fold, LeavesOtherTypesAlone) {
  EXPECT_EQ(fold("> {}", "application/json"), "> {}");
}

TEST(Fold, IsLinear) {
  for (const std::string piece : {"> a\n", "On 1\n", "From: a\n", "-- \n", "<blockquote>",
                                  "<div class=x>", "\n", "-----Original"}) {
    for (const char* type : {"text/plain", "text/html"}) {
      std::string body;
      while (body.size() < 2'000'000) body += piece;
      const auto start = std::chrono::steady_clock::now();

      const std::string folded = fold(body, type);

      EXPECT_EQ(folded.size(), body.size());
      EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << piece;
    }
  }
}

}  // namespace
}  // namespace freshet::pipeline
