#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Markdown, GivesBlocksInReadingOrder) {
  const auto document =
      read_as("a.md",
              "# Set up *TLS*\n\nFirst paragraph\nwith `code`.\n\n- one\n- two\n\n  still two\n\n> "
              "quoted\n\n"
              "```go\nx := 1\n\ny()\n```\n\n| Key | Value |\n|---|---|\n| a | b<br>c |\n");

  EXPECT_EQ(document.title, "Set up TLS");
  EXPECT_THAT(outline(document),
              ElementsAre("h1#set-up-tls: Set up TLS", "p: First paragraph with code.", "li: one",
                          "li: two", "li: still two", "quote: quoted", "code(go): x := 1\n\ny()",
                          "th: Key | Value", "tr: a | b c"));
}

TEST(Markdown, PutsEveryBlockWhereItStandsInTheFile) {
  const std::string text =
      "---\ntitle: T\n---\r\n# Häding\r\n\r\nOne\r\ntwo.\r\n\r\n```\r\ncode\r\n```\r\n\r\n| a "
      "|\r\n|---|\r\n| ü |\r\n";

  const auto document = read_as("a.md", text);

  ASSERT_THAT(document.blocks, SizeIs(5));
  EXPECT_EQ(source_of(document.blocks[0], text), "# Häding");
  EXPECT_EQ(source_of(document.blocks[1], text), "One\r\ntwo.");
  EXPECT_EQ(document.blocks[1].range.line_first, 6U);
  EXPECT_EQ(document.blocks[1].range.line_last, 7U);
  EXPECT_EQ(source_of(document.blocks[2], text), "```\r\ncode\r\n```");
  EXPECT_EQ(source_of(document.blocks[4], text), "| ü |");
  EXPECT_EQ(document.blocks[4].range.line_first, 15U);
}

TEST(Markdown, NumbersRepeatedHeadingsAsGitHubDoes) {
  const auto document = read_as(
      "a.md", "# What's new?\n\n## Fix\n\n## Fix\n\n## Fix\n\n## Fix-1\n\n## Ünïcode_x & more\n");

  EXPECT_THAT(outline(document), ElementsAre("h1#whats-new: What's new?", "h2#fix: Fix",
                                             "h2#fix-1: Fix", "h2#fix-2: Fix", "h2#fix-1-1: Fix-1",
                                             "h2#ünïcode_x--more: Ünïcode_x & more"));
}

TEST(Markdown, FindsLinksOnTheLineThatShowsThem) {
  const auto document = read_as("a.md",
                                "[ref]: /there \"T\"\nA [one](1.md) and\n[two\nlines](2.md) "
                                "![pic](p.png)\n\n> - see [q][ref]\n\n"
                                "| [c](3.md) |\n|---|\n| <https://auto.example> |\n");

  EXPECT_THAT(links_of(document),
              ElementsAre("2 link 1.md [one]", "3 link 2.md [two lines]", "4 image p.png [pic]",
                          "6 link /there [q]", "8 link 3.md [c]",
                          "10 link https://auto.example [https://auto.example]"));
  EXPECT_EQ(document.links[0].quote, "A [one](1.md) and");
}

TEST(Markdown, TakesTitleOwnerAndMetadataFromYamlFrontMatter) {
  const auto document = read_as("a.md",
                                "---\ntitle: \"Set up: TLS\"\nauthor: [Ann, Bo]\nlang: "
                                "en-GB\ntags:\n  - a\n  - b\nweight: 3\n"
                                "nested: {x: 1}\n---\n# Other\n");

  EXPECT_EQ(document.title, "Set up: TLS");
  EXPECT_EQ(document.owner, "Ann, Bo");
  EXPECT_EQ(document.language, "en");
  EXPECT_THAT(document.metadata, ElementsAre(std::pair("tags", "a, b"), std::pair("weight", "3")));
  EXPECT_THAT(document.warnings, IsEmpty());
}

TEST(Markdown, ReadsTomlFrontMatter) {
  const auto document = read_as(
      "a.md",
      "+++\ntitle = 'Ten'\nowner = \"ops\"\ntags = [\"x\", \"y\"]\n[params]\nz = 1\n+++\nBody\n");

  EXPECT_EQ(document.title, "Ten");
  EXPECT_EQ(document.owner, "ops");
  EXPECT_THAT(document.metadata, ElementsAre(std::pair("tags", "x, y")));
  EXPECT_THAT(outline(document), ElementsAre("p: Body"));
}

TEST(Markdown, ReadsThePageBelowBrokenFrontMatterAndWarns) {
  const auto document = read_as("a.md", "---\ntitle: [unclosed\n---\nBody\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Body"));
  ASSERT_THAT(document.warnings, SizeIs(1));
  EXPECT_THAT(document.warnings[0], HasSubstr("not valid YAML"));
}

TEST(Markdown, TakesARuleAtTheTopForARule) {
  const auto document = read_as("a.md", "---\nBody\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Body"));
}

TEST(Markdown, ReadsTheTextOfRawHtmlAndDropsWhatIsNotText) {
  const auto document =
      read_as("a.md",
              "<details><summary>More</summary>\n\nInner <b>bold</b> <a "
              "href=\"raw.html\">raw\nlink</a><!-- no -->.\n\n"
              "</details>\n\n<script>\nalert(1)\n\nalert(2)\n</script>\n<!-- gone\n\ngone -->\n"
              "<table><tr><th>A</th></tr>\n<tr><td><img src=i.png alt=Pic></td></tr></table>\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: More", "p: Inner bold raw link.", "th: A", "tr: Pic"));
  EXPECT_THAT(links_of(document),
              ElementsAre("3 link raw.html [raw link]", "17 image i.png [Pic]"));
}

TEST(Markdown, KeepsFootnotesAndTaskLists) {
  const auto document = read_as("a.md", "- [x] done\n- [ ] open\n\nSee[^n].\n\n[^n]: The note.\n");

  EXPECT_THAT(outline(document), ElementsAre("li: done", "li: open", "p: See.", "p: The note."));
}

TEST(Markdown, ReadsDocumentsOfManyMegabytesPieceByPiece) {
  std::string text;
  std::size_t sections = 0;
  for (; text.size() < (9U << 20); ++sections) {
    text += "## Section " + std::to_string(sections) + "\n\n" + std::string(20'000, 'x') + "\n\n";
  }

  const auto document = read_as("a.md", text);

  ASSERT_EQ(document.blocks.size(), 2 * sections);
  const Block& last = document.blocks[2 * sections - 2];
  EXPECT_EQ(last.text, "Section " + std::to_string(sections - 1));
  EXPECT_EQ(source_of(last, text), "## Section " + std::to_string(sections - 1));
}

}  // namespace
}  // namespace freshet::pipeline::testing
