#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kType = "application/vnd.atlassian.storage+xml";

TEST(Confluence, GivesBlocksInReadingOrder) {
  const auto document = read_as(
      kType,
      "<h1>Set up &rarr; here</h1><p>One&nbsp;<strong>bold</strong><br/>next</p>"
      "<ul><li><p>a</p><ul><li>b</li></ul></li></ul>"
      "<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>complete</ac:task-status>"
      "<ac:task-body><span>do it</span></ac:task-body></ac:task></ac:task-list>"
      "<blockquote><p>Q</p></blockquote>"
      "<ac:layout><ac:layout-section ac:type=\"two_equal\"><ac:layout-cell><p>left</p>"
      "</ac:layout-cell><ac:layout-cell><p>right</p></ac:layout-cell></ac:layout-section></"
      "ac:layout>"
      "<table><tbody><tr><th>K</th><th>V</th></tr><tr><td><p>a</p></td><td>b</td></tr></tbody>"
      "</table><h2>Again it</h2><h2>Again it</h2>");

  EXPECT_THAT(outline(document),
              ElementsAre("h1#Set-up-→-here: Set up → here", "p: One bold\nnext", "li: a", "li: b",
                          "li: do it", "quote: Q", "p: left", "p: right", "th: K | V", "tr: a | b",
                          "h2#Again-it: Again it", "h2#Again-it.1: Again it"));
}

TEST(Confluence, KeepsTheBodiesOfMacrosAndDropsListings) {
  const auto document = read_as(
      kType,
      "<ac:structured-macro ac:name=\"code\" ac:schema-version=\"1\"><ac:parameter "
      "ac:name=\"language\">java</ac:parameter><ac:parameter "
      "ac:name=\"title\">A.java</ac:parameter>"
      "<ac:plain-text-body><![CDATA[if (a<b && c) {\n  x(\"&lt;\"); }]]]]><![CDATA[>"
      "]]></ac:plain-text-body></ac:structured-macro>"
      "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body><p>Mind</p></ac:rich-text-body>"
      "</ac:structured-macro>"
      "<ac:structured-macro ac:name=\"expand\"><ac:parameter ac:name=\"title\">More</ac:parameter>"
      "<ac:rich-text-body><p>inside</p></ac:rich-text-body></ac:structured-macro>"
      "<ac:structured-macro ac:name=\"toc\"><ac:parameter ac:name=\"maxLevel\">2</ac:parameter>"
      "</ac:structured-macro><ac:structured-macro ac:name=\"children\"/>"
      "<p>Is <ac:structured-macro ac:name=\"status\"><ac:parameter ac:name=\"colour\">Green"
      "</ac:parameter><ac:parameter ac:name=\"title\">DONE</ac:parameter></ac:structured-macro>, "
      "see "
      "<ac:structured-macro ac:name=\"jira\"><ac:parameter ac:name=\"key\">AB-1</ac:parameter>"
      "</ac:structured-macro> by <time datetime=\"2026-01-31\" /> "
      "<ac:emoticon ac:name=\"tick\" ac:emoji-fallback=\"✅\" /></p>"
      "<h2><ac:structured-macro ac:name=\"anchor\"><ac:parameter ac:name=\"\">own</ac:parameter>"
      "</ac:structured-macro>Anchored</h2><ac:placeholder>type here</ac:placeholder>");

  EXPECT_THAT(outline(document),
              ElementsAre("p: A.java", "code(java): if (a<b && c) {\n  x(\"&lt;\"); }]]>",
                          "p: Mind", "p: More", "p: inside", "p: Is DONE, see AB-1 by 2026-01-31 ✅",
                          "h2#own: Anchored"));
}

TEST(Confluence, NamesWhatItLinksTo) {
  const auto document = read_as(
      kType,
      "<p>See <ac:link><ri:page ri:content-title=\"Set &amp; go\" ri:space-key=\"DOC\" />"
      "<ac:plain-text-link-body><![CDATA[the <guide>]]></ac:plain-text-link-body></ac:link>\n"
      "<ac:link ac:anchor=\"Part\"><ri:page ri:content-title=\"Other\"/></ac:link>\n"
      "<ac:link ac:anchor=\"here\"/> <ac:link><ri:attachment ri:filename=\"a b.pdf\"/></ac:link>\n"
      "<ac:link><ri:user ri:account-id=\"1\"/><ac:link-body>Ann</ac:link-body></ac:link>\n"
      "<a href=\"https://a.example\">out</a></p>\n"
      "<ac:structured-macro ac:name=\"include\"><ac:parameter ac:name=\"\"><ac:link>"
      "<ri:page ri:content-title=\"Shared\"/></ac:link></ac:parameter></ac:structured-macro>\n"
      "<ac:structured-macro ac:name=\"excerpt-include\"><ac:parameter ac:name=\"\">"
      "<ri:page ri:content-title=\"Excerpt\"/></ac:parameter></ac:structured-macro>\n"
      "<ac:image ac:alt=\"Plan\"><ri:attachment ri:filename=\"p.png\"/></ac:image>"
      "<ac:image><ri:url ri:value=\"https://a.example/i.png\"/></ac:image>");

  EXPECT_THAT(links_of(document),
              ElementsAre("1 link page:DOC/Set & go [the <guide>]",
                          "2 link page:Other#Part [Other]", "3 link #here [here]",
                          "3 link attachment:a b.pdf [a b.pdf]", "5 link https://a.example [out]",
                          "6 link page:Shared [Shared]", "7 link page:Excerpt [Excerpt]",
                          "8 image attachment:p.png [Plan]", "8 image https://a.example/i.png []"));
  EXPECT_EQ(document.links[0].quote, "See the <guide> Other here a b.pdf Ann out");
}

TEST(Confluence, ReadsWhatIsUnbalancedOrNoneOfIts) {
  const auto document = read_as(kType,
                                "</ac:link><p>a<script>alert(1)</script></ac:task-list>b"
                                "<ac:link><ri:page/></ac:link><ac:image/><ri:page></p>"
                                "<ac:plain-text-body><![CDATA[open <p>");

  EXPECT_THAT(outline(document), ElementsAre("p: ab", "code: open <p>"));
  EXPECT_THAT(links_of(document), IsEmpty());
}

}  // namespace
}  // namespace freshet::pipeline::testing
