#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kType = "application/vnd.atlassian.adf+json";

ExtractedDocument read_content(std::string_view content) {
  return read_as(kType, R"({"version":1,"type":"doc","content":[)" + std::string(content) + "]}");
}

TEST(AtlassianDocument, GivesBlocksInReadingOrderWhateverTheOrderOfKeys) {
  const auto document = read_content(R"(
    {"type":"heading","attrs":{"level":2},"content":[{"type":"text","text":"Set up"}]},
    {"content":[{"text":"One ","type":"text"},{"text":"bold","type":"text","marks":[{"type":"strong"}]},
                {"type":"hardBreak"},{"type":"text","text":"next"}],"type":"paragraph"},
    {"type":"bulletList","content":[{"type":"listItem","content":[
      {"type":"paragraph","content":[{"type":"text","text":"a"}]},
      {"type":"orderedList","content":[{"type":"listItem","content":[
        {"type":"paragraph","content":[{"type":"text","text":"b"}]}]}]}]}]},
    {"type":"taskList","content":[{"type":"taskItem","attrs":{"state":"DONE"},"content":[{"type":"text","text":"done"}]}]},
    {"type":"codeBlock","attrs":{"language":"go"},"content":[{"type":"text","text":"a;\n  b;"}]
},
    {"type":"blockquote","content":[{"type":"paragraph","content":[{"type":"text","text":"Q"}]}]},
    {"type":"panel","attrs":{"panelType":"info"},"content":[{"type":"paragraph","content":[{"type":"text","text":"Note"}]}]},
    {"type":"expand","attrs":{"title":"More"},"content":[{"type":"paragraph","content":[{"type":"text","text":"in it"}]}]},
    {"type":"rule"})");

  EXPECT_THAT(outline(document),
              ElementsAre("h2#set-up: Set up", "p: One bold\nnext", "li: a", "li: b", "li: done",
                          "code(go): a;\n  b;", "quote: Q", "p: Note", "p: More", "p: in it"));
}

TEST(AtlassianDocument, ShowsInlineNodesAsReadersSeeThem) {
  const auto document = read_content(
      R"({"type":"paragraph","content":[{"type":"mention","attrs":{"id":"1","text":"@Ann"}},
      {"type":"text","text":" "},{"type":"emoji","attrs":{"shortName":":tada:","text":"🎉"}},
      {"type":"emoji","attrs":{"shortName":":own:"}},{"type":"text","text":" "},
      {"type":"status","attrs":{"text":"DONE","color":"green"}},{"type":"text","text":" "},
      {"type":"date","attrs":{"timestamp":"1582152559000"}},
      {"type":"placeholder","attrs":{"text":"Type here"}},
      {"type":"novelty","attrs":{"text":" new"},"content":[{"type":"text","text":" text"}]}]})");

  EXPECT_THAT(outline(document), ElementsAre("p: @Ann 🎉:own: DONE 2020-02-19", "p: new text"));
}

TEST(AtlassianDocument, FindsLinksCardsAndImagesAndQuotesTheirBlock) {
  const auto document = read_content(R"({"type":"paragraph","content":[
{"type":"text","text":"See "},
{"type":"text","text":"the guide","marks":[{"type":"em"},{"type":"link","attrs":{"href":"https://a.example/g"}}]},
{"type":"inlineCard","attrs":{"url":"https://a.example/card"}}]},
{"type":"blockCard","attrs":{"data":{"url":"https://a.example/b","name":"Block"}}},
{"type":"mediaSingle","content":[{"type":"media","attrs":{"type":"external","url":"https://a.example/i.png","alt":"Plan"}}]},
{"type":"mediaSingle","content":[{"type":"media","attrs":{"type":"file","id":"7","alt":"Kept file"}}]})");

  EXPECT_THAT(
      links_of(document),
      ElementsAre("3 link https://a.example/g [the guide]",
                  "4 link https://a.example/card [https://a.example/card]",
                  "5 link https://a.example/b [Block]", "6 image https://a.example/i.png [Plan]"));
  EXPECT_EQ(document.links[0].quote, "See the guidehttps://a.example/card");
  EXPECT_THAT(outline(document), ElementsAre("p: See the guidehttps://a.example/card", "p: Block",
                                             "p: Plan", "p: Kept file"));
}

TEST(AtlassianDocument, ReadsTablesRowByRow) {
  const auto document = read_content(R"({"type":"table","content":[
{"type":"tableRow","content":[{"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"K"}]}]},
  {"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"V"}]}]}]},
{"type":"tableRow","content":[{"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"a"}]}]},
  {"type":"tableCell","content":[{"type":"bulletList","content":[{"type":"listItem","content":[{"type":"paragraph","content":[{"type":"text","text":"b"}]}]}]}]}]}]})");

  EXPECT_THAT(outline(document), ElementsAre("th: K | V", "tr: a | b"));
  EXPECT_EQ(document.blocks[1].range.line_first, 4U);
}

TEST(AtlassianDocument, ReadsWhatItCanWhereTypesAreWrong) {
  const auto document = read_content(R"(null, 7, "bare", [{"type":"text","text":"nested"}],
{"type":5,"text":6},{"type":"heading","attrs":{"level":"3"},"content":{"type":"text","text":"one"}},
{"type":"heading","attrs":[],"content":[{"type":"text","text":"two"}]},{"type":"paragraph","content":null},
{"type":"text","text":["x"],"marks":{"type":"link"}},{"type":"text","text":"<script>alert(1)</script>"},
{"type":"date","attrs":{"timestamp":99999999999999999}})");

  EXPECT_THAT(outline(document), ElementsAre("p: barenested6", "h3#one: one", "h1#two: two",
                                             "p: <script>alert(1)</script>"));
}

TEST(AtlassianDocument, SaysWhyItReadsNothing) {
  EXPECT_THAT(read_as(kType, "").blocks, IsEmpty());
  EXPECT_THAT(read_as(kType, "null").blocks, IsEmpty());
  EXPECT_THAT(extract_as(kType, "\"text\""),
              FailsWith(ErrorKind::Invalid, HasSubstr("neither an object nor an array")));
  EXPECT_THAT(extract_as(kType, "{\"type\":"),
              FailsWith(ErrorKind::Invalid, HasSubstr("not valid JSON at byte")));
}

TEST(AtlassianDocument, IsChosenByItsDeclaredTypeAlone) {
  const auto document = extract({"a.md", "", R"({"type":"doc","content":[]})", ""});

  EXPECT_THAT(outline(*document), ElementsAre(HasSubstr("doc")));
}

}  // namespace
}  // namespace freshet::pipeline::testing
