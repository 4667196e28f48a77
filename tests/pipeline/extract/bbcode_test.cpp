#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kType = "text/x-bbcode";

TEST(Bbcode, GivesBlocksInReadingOrder) {
  const std::string text =
      "[h2]Set up[/h2]\nOne [B]bold[/B] [size=20][color=red]red[/color][/size]\nnext\n\nSecond "
      "&amp; "
      "last\n[list=1]\n[*]a\n[list][*]b[/list]\n[*]c[/list]\n[quote=\"Ann, "
      "post:5\"]Earlier[/quote]\n"
      "[code=python]if a[b]:\n  x[/b][/code]\n[spoiler=Solved]Answer[/spoiler]\n"
      "[table][tr][th]K[/th][th]V[/th][/tr][tr][td]a[/td][td]b[/td][/tr][/table]";

  const auto document = read_as(kType, text);

  EXPECT_THAT(outline(document),
              ElementsAre("h2#set-up: Set up", "p: One bold red\nnext", "p: Second & last", "li: a",
                          "li: b", "li: c", "quote: Ann:", "quote: Earlier",
                          "code(python): if a[b]:\n  x[/b]", "p: Solved", "p: Answer", "th: K | V",
                          "tr: a | b"));
  EXPECT_EQ(source_of(document.blocks[0], text), "[h2]Set up[/h2]");
  EXPECT_EQ(document.blocks[2].range.line_first, 5U);
}

TEST(Bbcode, FindsLinksAndImagesOnTheirLines) {
  const auto document =
      read_as(kType,
              "[url=https://a.example/g]the [i]guide[/i][/url] [url]https://a.example/u[/url]\n"
              "[url=\"https://a.example/q\"]quoted[/url], bare https://a.example/b.\n"
              "[img]https://a.example/i.png[/img] [email]a@b.example[/email]");

  EXPECT_THAT(links_of(document), ElementsAre("1 link https://a.example/g [the guide]",
                                              "1 link https://a.example/u [https://a.example/u]",
                                              "2 link https://a.example/q [quoted]",
                                              "2 link https://a.example/b [https://a.example/b]",
                                              "3 image https://a.example/i.png []",
                                              "3 link mailto:a@b.example [a@b.example]"));
}

TEST(Bbcode, LeavesWhatItDoesNotKnowAsText) {
  const auto document = read_as(kType,
                                "[foo]a[/foo] x[1] [] [/] [b\n[/quote]t[/i] [code]open\n\n"
                                "[b]<script>alert(1)</script>\n\n[quote]last");

  EXPECT_THAT(outline(document), ElementsAre("p: [foo]a[/foo] x[1] [] [/] [b\nt [code]open",
                                             "p: <script>alert(1)</script>", "quote: last"));
}

}  // namespace
}  // namespace freshet::pipeline::testing
