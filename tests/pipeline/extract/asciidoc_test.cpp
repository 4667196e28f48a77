#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Asciidoc, ReadsTheHeaderAndSubstitutesAttributes) {
  const auto document =
      read_as("a.adoc",
              "= Guide to {product}\nAnn Author <ann@x.example>\nv1.0, 2026\n:product: "
              "Freshet\n:description: How to\n\nUse {product}, not {other}.\n");

  EXPECT_EQ(document.title, "Guide to Freshet");
  EXPECT_EQ(document.owner, "Ann Author");
  EXPECT_THAT(document.metadata,
              ElementsAre(std::pair("description", "How to"), std::pair("product", "Freshet")));
  EXPECT_THAT(outline(document),
              ElementsAre("h1#guide-to-freshet: Guide to Freshet", "p: Use Freshet, not {other}."));
}

TEST(Asciidoc, RemovesInlineMarkupAndFindsLinksOnTheirLines) {
  const auto document =
      read_as("a.adoc",
              ":url: https://x.example\n\n*bold _and em_* `code *x*` link:{url}/a[a link], "
              "https://b.example[B^],\nxref:other.adoc#id[Other] and "
              "<<install,Install>> http://bare.example.\nfile_name_x kbd:[Ctrl] image:i.png[Icon] "
              "menu:File[Save]\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: bold and em code *x* a link, B, Other and Install "
                          "http://bare.example. file_name_x Ctrl Icon File > Save"));
  EXPECT_THAT(
      links_of(document),
      ElementsAre("3 link https://x.example/a [a link]", "3 link https://b.example [B]",
                  "4 link other.adoc#id [Other]", "4 link #install [Install]",
                  "4 link http://bare.example [http://bare.example]", "5 image i.png [Icon]"));
}

TEST(Asciidoc, ReadsSectionsWithTheirIds) {
  const std::string text =
      "= Top\n\n[[install]]\n== Install it\n\n[#second]\n=== Next\n\n== Last\n";

  const auto document = read_as("a.adoc", text);

  EXPECT_THAT(outline(document), ElementsAre("h1#top: Top", "h2#install: Install it",
                                             "h3#second: Next", "h2#last: Last"));
  EXPECT_EQ(source_of(document.blocks[1], text), "== Install it");
  EXPECT_EQ(document.blocks[3].range.line_first, 9U);
}

TEST(Asciidoc, ReadsListsAndDelimitedBlocks) {
  const auto document =
      read_as("a.adoc",
              ".Listing\n[source,ruby]\n----\nputs \"x | y\"\n----\n\n* one\n** two\n+\ngoes "
              "on\n\nterm:: Meaning\n\nText.\n\n====\nExample\n====\n\n"
              "____\nA quote\n____\n\n////\nhidden\n////\n// "
              "comment\n....\nliteral\n....\n\n```go\nx()\n```\n\n++++\n<b>raw</b>\n++++\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Listing", "code(ruby): puts \"x | y\"", "li: one", "li: two",
                          "li: goes on", "li: term: Meaning", "p: Text.", "p: Example",
                          "quote: A quote", "code: literal", "code(go): x()"));
}

TEST(Asciidoc, ReadsTables) {
  const auto document =
      read_as("a.adoc",
              "[cols=\"1,2\",options=\"header\"]\n|===\n|Key |Value\n\n|a\n|b with "
              "link:t.html[T]\nand more\n\n|c a|d\n|===\n\n|===\n|x |y\n\n|1 2+|2\n|===\n\nEnd\n");

  EXPECT_THAT(outline(document), ElementsAre("th: Key | Value", "tr: a | b with T and more",
                                             "tr: c | d", "th: x | y", "tr: 1 | 2", "p: End"));
  EXPECT_THAT(links_of(document), ElementsAre("6 link t.html [T]"));
}

TEST(Asciidoc, MakesLinksOfIncludesAndImages) {
  const auto document =
      read_as("a.adoc",
              ":dir: shared\n\ninclude::{dir}/part.adoc[leveloffset=1]\n\nimage::pic.png[A "
              "picture,100]\n\nifdef::x[]\nKept.\nendif::[]\n");

  EXPECT_THAT(outline(document), ElementsAre("p: A picture", "p: Kept."));
  EXPECT_THAT(links_of(document),
              ElementsAre("3 include shared/part.adoc []", "5 image pic.png [A picture]"));
}

TEST(Asciidoc, LeavesUnclosedMarkupAsText) {
  const auto document = read_as("a.adoc", "A *b and _c and `d and <<e and link:f[g\n");

  EXPECT_THAT(outline(document), ElementsAre("p: A *b and _c and `d and <<e and link:f[g"));
  EXPECT_THAT(links_of(document), IsEmpty());
}

}  // namespace
}  // namespace freshet::pipeline::testing
