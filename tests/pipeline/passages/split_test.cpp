#include "pipeline/passages/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "tests/pipeline/passages/words.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

Block block(BlockKind kind, std::string text, std::size_t line = 1) {
  Block made;
  made.kind = kind;
  made.text = std::move(text);
  made.range = {line * 100, line * 100 + 50, line, line};
  return made;
}

Block heading(std::size_t level, std::string text) {
  Block made = block(BlockKind::Heading, text);
  made.level = level;
  made.anchor = text;
  return made;
}

Block paragraph(std::string text, std::size_t line = 1) {
  return block(BlockKind::Paragraph, std::move(text), line);
}

ExtractedDocument document(std::string title, std::vector<Block> blocks) {
  ExtractedDocument made;
  made.title = std::move(title);
  made.blocks = std::move(blocks);
  return made;
}

std::string words(std::size_t count, const std::string& word = "word") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : " ") + word;
  return text;
}

std::vector<std::string> encoded(const std::vector<index::Passage>& passages) {
  std::vector<std::string> texts;
  for (const auto& passage : passages) texts.push_back(passage.encoded_text);
  return texts;
}

constexpr config::PassageSettings kTwenty{20, 4};

TEST(Split, FollowsHeadingsAndRepeatsTheirPath) {
  const auto passages =
      split(document("Guide", {heading(1, "Guide"), paragraph("Intro."), heading(2, "Set up"),
                               heading(3, "Linux"), paragraph("Use apt."), heading(2, "Run"),
                               paragraph("Start it.")}),
            Words(50), {});

  EXPECT_THAT(encoded(passages), ElementsAre("Guide\nIntro.", "Guide\nSet up > Linux\nUse apt.",
                                             "Guide\nRun\nStart it."));
  EXPECT_THAT(passages[1].heading_path, ElementsAre("Set up", "Linux"));
  EXPECT_EQ(passages[1].anchor, "Linux");
  EXPECT_EQ(passages[1].text, "Use apt.");
  EXPECT_EQ(passages[2].ordinal, 2U);
  EXPECT_EQ(passages[2].text_hash, to_hex(hash128("Guide\nRun\nStart it.")));
}

TEST(Split, PacksWholeBlocksUpToTheLimit) {
  const auto passages = split(
      document("", {paragraph(words(8), 1), paragraph(words(12), 2), paragraph(words(12), 3)}),
      Words(50), kTwenty);

  ASSERT_THAT(passages, SizeIs(2));
  EXPECT_EQ(passages[0].text, words(8) + "\n\n" + words(12));
  EXPECT_EQ(passages[0].range, (index::SourceRange{100, 250, 1, 2}));
  EXPECT_EQ(passages[1].range, (index::SourceRange{300, 350, 3, 3}));
}

TEST(Split, JoinsATinyEndToThePassageBefore) {
  const auto passages =
      split(document("", {paragraph(words(19)), paragraph(words(3))}), Words(50), kTwenty);
  const auto full_window =
      split(document("", {paragraph(words(19)), paragraph(words(3))}), Words(20), kTwenty);
  const auto other_section =
      split(document("", {paragraph(words(19)), heading(1, "H"), paragraph(words(3))}), Words(50),
            kTwenty);

  EXPECT_THAT(passages, SizeIs(1));
  EXPECT_THAT(full_window, SizeIs(2));
  EXPECT_THAT(other_section, SizeIs(2));
}

TEST(Split, CutsLongTextBetweenSentences) {
  const std::string sentence = words(11) + " end.";

  const auto passages = split(document("", {paragraph(sentence + " " + sentence + " " + sentence)}),
                              Words(50), kTwenty);

  EXPECT_THAT(passages, SizeIs(3));
  for (const auto& passage : passages) EXPECT_EQ(passage.text, sentence);
}

TEST(Split, CutsTextWithoutSpacesBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "ü";

  const auto passages = split(document("", {paragraph(text)}), Words(50), kTwenty);

  std::string joined;
  for (const auto& passage : passages) {
    EXPECT_LE(Words(50).count(passage.encoded_text), 50U);
    EXPECT_EQ(passage.text.size() % 2, 0U);
    joined += passage.text;
  }
  EXPECT_EQ(joined, text);
}

TEST(Split, KeepsCodeWholeWhereItFitsAndCutsItBetweenLinesElsewhere) {
  const std::string fits = "if (a)\n\n  " + words(10);
  std::string large;
  for (int i = 0; i < 10; ++i) large += "  line " + words(5) + "\n";

  const auto passages = split(document("", {paragraph(words(15)), block(BlockKind::Code, fits),
                                            heading(1, "H"), block(BlockKind::Code, large)}),
                              Words(50), kTwenty);

  EXPECT_EQ(passages[1].text, fits);
  ASSERT_THAT(passages, SizeIs(6));
  for (std::size_t i = 2; i < passages.size(); ++i)
    EXPECT_THAT(passages[i].text, StartsWith("  line "));
}

TEST(Split, RepeatsTheHeaderRowOfATableThatGoesOn) {
  std::vector<Block> rows{block(BlockKind::TableRow, "Key | Value")};
  rows[0].table_header = true;
  for (int i = 0; i < 6; ++i) rows.push_back(block(BlockKind::TableRow, "row " + words(6)));

  const auto passages = split(document("", rows), Words(50), kTwenty);

  ASSERT_THAT(passages, SizeIs(3));
  for (const auto& passage : passages)
    EXPECT_THAT(passage.text, StartsWith("Key | Value\nrow word"));
}

TEST(Split, MakesAPassageOfAHeadingOnlyWhereNothingElseNamesIt) {
  const auto passages =
      split(document("", {heading(1, "Top"), heading(2, "Empty"), heading(2, "Full"),
                          paragraph("Text."), heading(2, "Last")}),
            Words(50), {});

  EXPECT_THAT(encoded(passages), ElementsAre("Top\nEmpty", "Top > Full\nText.", "Top\nLast"));
}

TEST(Split, MakesOnePassageOfATitleAndNoneOfNothing) {
  EXPECT_THAT(encoded(split(document("Only", {}), Words(50), {})), ElementsAre("Only"));
  EXPECT_THAT(encoded(split(document("Only", {heading(1, "Only")}), Words(50), {})),
              ElementsAre("Only"));
  EXPECT_THAT(split(document("", {}), Words(50), {}), IsEmpty());
}

TEST(Split, LeavesHeadingsOutRatherThanExceedTheWindow) {
  const auto passages = split(
      document(words(30, "title"),
               {heading(1, words(30, "top")), heading(2, words(5, "own")), paragraph(words(40))}),
      Words(24), {});

  for (const auto& passage : passages) {
    EXPECT_LE(Words(24).count(passage.encoded_text), 24U);
    EXPECT_THAT(passage.encoded_text, StartsWith("own own"));
  }
}

TEST(Split, NeverExceedsTheWindowWhateverTheCounter) {
  // Counts bytes, so that joining costs more than the parts did.
  class Bytes final : public index::TokenCounter {
   public:
    [[nodiscard]] std::size_t count(std::string_view text) const override { return text.size(); }
    [[nodiscard]] std::size_t window() const override { return 16; }
  };

  const auto passages = split(document("T", {heading(1, "H"), paragraph("abc"), paragraph("def"),
                                             paragraph("ghi"), paragraph("jkl")}),
                              Bytes(), {16, 8});

  for (const auto& passage : passages)
    EXPECT_LE(passage.encoded_text.size(), 16U) << passage.encoded_text;
}

TEST(Split, GivesALongHeadingInFullOnce) {
  const std::string title = words(80, "heading");

  const auto passages =
      split(document("", {heading(1, title), paragraph("Body.")}), Words(200), {});

  ASSERT_THAT(passages, SizeIs(1));
  EXPECT_LT(passages[0].heading_path[0].size(), 210U);
  EXPECT_EQ(passages[0].text, title + "\n\nBody.");
}

}  // namespace
}  // namespace freshet::pipeline::testing
