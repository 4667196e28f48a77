#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kType = "text/x-wiki";

TEST(Wikitext, GivesBlocksInReadingOrder) {
  const std::string text =
      "== Set '''up''' ==\nOne ''bold''\nnext &amp; last.<br>Line\n\n* a\n** b\n# c\n; Term\n: "
      "Meaning\n----\n code [[A|line]]\n  more\n<syntaxhighlight lang=\"bash\">\n* no list\n\n== "
      "no "
      "heading ==\n</syntaxhighlight>\nUse <code>x <nowiki>[[y]]</nowiki></code>.\n=== Set up ===\n"
      "==Set up==\n";

  const auto document = read_as(kType, text);

  EXPECT_THAT(outline(document),
              ElementsAre("h2#Set_up: Set up", "p: One bold next & last.\nLine", "li: a", "li: b",
                          "li: c", "li: Term", "li: Meaning", "code:  code line\n  more",
                          "code(bash): * no list\n\n== no heading ==", "p: Use x [[y]].",
                          "h3#Set_up_2: Set up", "h2#Set_up_3: Set up"));
  EXPECT_EQ(source_of(document.blocks[0], text), "== Set '''up''' ==");
}

TEST(Wikitext, FindsLinksAndImagesOnTheirLines) {
  const auto document =
      read_as(kType,
              "See [[Main page|the ''main'' page]], [[Help:Contents]]s and [[Help:Contents|]].\n"
              "[https://a.example/x the site], [https://a.example/y] and https://a.example/z_1.\n"
              "[[#Part|below]] [[:Category:Tools|tools]]\n\n"
              "[[File:Plan.png|thumb|200px|alt=x|The [[plan|big plan]] here]] "
              "[[Image:A.png|left|alt=Pic]]\n"
              "[[Category:Guides]]\n[[Category:Tools| ]]\n[[de:Hauptseite]]\n");

  EXPECT_THAT(
      links_of(document),
      ElementsAre("1 link Main page [the main page]", "1 link Help:Contents [Help:Contents]",
                  "1 link Help:Contents [Contents]", "2 link https://a.example/x [the site]",
                  "2 link https://a.example/y [https://a.example/y]",
                  "2 link https://a.example/z_1 [https://a.example/z_1]", "3 link #Part [below]",
                  "3 link Category:Tools [tools]", "5 image File:Plan.png []",
                  "5 link plan [big plan]", "5 image Image:A.png [Pic]"));
  EXPECT_THAT(outline(document),
              ElementsAre("p: See the main page, Help:Contentss and Contents. the site, "
                          "https://a.example/y and https://a.example/z_1. below tools",
                          "p: The big plan here", "p: Pic"));
  EXPECT_THAT(document.metadata, ElementsAre(std::pair("categories", "Guides, Tools")));
}

TEST(Wikitext, ReadsTables) {
  const auto document =
      read_as(kType,
              "{| class=\"wikitable\"\n|+ Caption\n|-\n! K !! style=\"x\" | V\n|-\n| a "
              "|| [[b|B]]\n|-\n| colspan=2 | c\nmore\n* item\n|}\nAfter\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Caption", "th: K | V", "tr: a | B", "tr: c more item", "p: After"));
}

TEST(Wikitext, KeepsOnlyThePositionalTextOfTemplates) {
  const auto document = read_as(
      kType,
      "{{Infobox\n| name = X\n| image = [[File:a.png|thumb]]\n}}\n{{Note|1=Mind {{ic|rm -r}}, "
      "see [[A|b]].}}\n\n{{DEFAULTSORT:x}}__NOTOC__Text<!-- hidden\n\n-->{{#if:x|no}} "
      "end<ref>{{cite|url=x}}</ref><ref name=\"a\">Source</ref><ref name=\"a\" />{{{1|given}}}\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Mind rm -r , see b.", "p: Text end (Source) given"));
}

TEST(Wikitext, TellsWhereARedirectionLeads) {
  const auto document = read_as(kType, "#REDIRECT [[New page#Part]]\n");

  EXPECT_THAT(document.metadata, ElementsAre(std::pair("redirect", "New page#Part")));
  EXPECT_THAT(links_of(document), ElementsAre("1 link New page#Part [New page#Part]"));
}

TEST(Wikitext, LeavesWhatIsUnbalancedAsText) {
  const auto document =
      read_as(kType,
              "{{open [[link ]text]] }} <script>alert(1)</script> [[a\n\n''b {{c\n\n"
              "<nowiki>d\n\n|}\n{|\n| e");

  EXPECT_THAT(outline(document), ElementsAre("p: <script>alert(1)</script> [[a", "p: b {{c", "p: d",
                                             "p: |}", "tr: e"));
  EXPECT_THAT(links_of(document), IsEmpty());
}

}  // namespace
}  // namespace freshet::pipeline::testing
