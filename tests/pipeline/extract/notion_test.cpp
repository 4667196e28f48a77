#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kType = "application/vnd.notion.blocks+json";

/// A block with one piece of rich text; `more` are further members of its details.
std::string block(const std::string& type, const std::string& text, const std::string& more = "") {
  return R"({"object":"block","id":"1a-2b","type":")" + type + R"(",")" + type +
         R"(":{"rich_text":[{"type":"text","plain_text":")" + text + R"("}])" + more + "}}";
}

TEST(Notion, GivesBlocksInReadingOrder) {
  const auto document = read_as(
      kType,
      "[" + block("heading_2", "Set up") + "," + block("paragraph", "One\\ntwo") + "," +
          block("bulleted_list_item", "a",
                ",\"children\":[" + block("numbered_list_item", "b") + "]") +
          "," + block("to_do", "task", ",\"checked\":true") + "," +
          block("toggle", "More", ",\"children\":[" + block("paragraph", "inside") + "]") + "," +
          block("code", "let x;\\n  y;", ",\"language\":\"javascript\"") + "," +
          block("quote", "Q") + "," + block("callout", "Mind") + "," +
          R"({"type":"divider","divider":{}},{"type":"equation","equation":{"expression":"e=mc^2"}},)"
          R"({"type":"column_list","column_list":{},"children":[{"type":"column","column":{},"children":[)" +
          block("paragraph", "left") + "]}]}," + block("novelty", "kept") + "]");

  EXPECT_THAT(outline(document),
              ElementsAre("h2#1a2b: Set up", "p: One\ntwo", "li: a", "li: b", "li: task", "p: More",
                          "p: inside", "code(javascript): let x;\n  y;", "quote: Q", "p: Mind",
                          "p: e=mc^2", "p: left", "p: kept"));
}

TEST(Notion, ReadsListAnswersAndChildrenOfToggledHeadings) {
  const auto document = read_as(
      kType, R"({"object":"list","results":[)" +
                 block("heading_1", "Top", ",\"children\":[" + block("paragraph", "below") + "]") +
                 "]}");

  EXPECT_THAT(outline(document), ElementsAre("h1#1a2b: Top", "p: below"));
}

TEST(Notion, FindsLinksPagesAndFiles) {
  const auto document = read_as(kType, R"([
{"type":"paragraph","paragraph":{"rich_text":[{"plain_text":"See "},
 {"plain_text":"guide","href":"https://a.example/g","annotations":{"bold":true}},
 {"type":"text","text":{"content":" or this","link":{"url":"https://a.example/t"}}}]}},
{"type":"bookmark","bookmark":{"url":"https://a.example/b","caption":[{"plain_text":"Kept"}]}},
{"type":"child_page","id":"12-34","child_page":{"title":"Inner page"}},
{"type":"link_to_page","link_to_page":{"type":"page_id","page_id":"56-78"}},
{"type":"image","image":{"type":"external","external":{"url":"https://a.example/i.png"},"caption":[{"plain_text":"Plan"}]}},
{"type":"file","file":{"type":"file","file":{"url":"https://s3.example/?Expires=1"},"name":"a.pdf"}}])");

  EXPECT_THAT(
      links_of(document),
      ElementsAre("3 link https://a.example/g [guide]", "4 link https://a.example/t [or this]",
                  "5 link https://a.example/b [https://a.example/b]",
                  "6 link https://www.notion.so/1234 [Inner page]",
                  "7 link https://www.notion.so/5678 []", "8 image https://a.example/i.png []"));
  EXPECT_THAT(outline(document), ElementsAre("p: See guide or this", "p: Kept https://a.example/b",
                                             "p: Inner page", "p: Plan", "p: a.pdf"));
  EXPECT_EQ(document.links[1].quote, "See guide or this");
}

TEST(Notion, ReadsTablesWithTheirHeader) {
  const auto document =
      read_as(kType, R"([{"type":"table","table":{"has_column_header":true,"children":[
{"type":"table_row","table_row":{"cells":[[{"plain_text":"K"}],[{"plain_text":"V"}]]}},
{"type":"table_row","table_row":{"cells":[[{"plain_text":"a"}],[]]}}]}}])");

  EXPECT_THAT(outline(document), ElementsAre("th: K | V", "tr: a | "));
}

TEST(Notion, ReadsWhatItCanWhereTypesAreWrong) {
  const auto document =
      read_as(kType, R"([null, 7, "bare", [)" + block("paragraph", "nested") +
                         R"(], {"type":"paragraph"}, {"type":"paragraph","paragraph":[]},
{"type":"table_row","table_row":{"cells":{"a":1}}}, {"type":"heading_9","heading_9":{"rich_text":{"plain_text":"x"}}},
{"type":"code","code":{"rich_text":"x","language":[]}}, {"type":"quote","quote":{"rich_text":[null,[],{"plain_text":5}]}}])");

  EXPECT_THAT(outline(document), ElementsAre("p: nested", "quote: 5"));
  EXPECT_THAT(read_as(kType, " ").blocks, IsEmpty());
}

}  // namespace
}  // namespace freshet::pipeline::testing
