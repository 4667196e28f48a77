#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RestructuredText, TakesSectionLevelsFromTheOrderOfTheirAdornments) {
  const std::string text =
      "=====\nTitle\n=====\n\nOne\n---\n\nTwo\n~~~\n\n.. _explicit:\n\nThree\n-----\n";

  const auto document = read_as("a.rst", text);

  EXPECT_EQ(document.title, "Title");
  EXPECT_THAT(outline(document),
              ElementsAre("h1#title: Title", "h2#one: One", "h3#two: Two", "h2#explicit: Three"));
  EXPECT_EQ(source_of(document.blocks[0], text), "=====\nTitle\n=====");
  EXPECT_EQ(document.blocks[3].range.line_first, 13U);
}

TEST(RestructuredText, RemovesInlineMarkupAndFindsLinksOnTheirLines) {
  const auto document =
      read_as("a.rst",
              "Intro ``a*b`` and `link text <https://x.example/a>`_ and :ref:`see "
              "<lbl>`,\n:doc:`/guide/other` and `Named`_ plus word_ "
              "and |prod| \\*x\\*.\n*em* **strong** :py:func:`~a.b.run` [1]_ "
              "https://bare.example.\n\n.. _Named: named.html\n"
              ".. _word: https://word.example\n.. |prod| replace:: Freshet\n.. [1] A footnote.\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Intro a*b and link text and see, /guide/other and "
                                             "Named plus word and Freshet *x*. em strong "
                                             "run https://bare.example.",
                                             "p: A footnote."));
  EXPECT_THAT(links_of(document),
              ElementsAre("1 link https://x.example/a [link text]", "1 link lbl [see]",
                          "2 link /guide/other [/guide/other]", "2 link named.html [Named]",
                          "2 link https://word.example [word]",
                          "3 link https://bare.example [https://bare.example]"));
}

TEST(RestructuredText, KeepsListsCodeAndLiteralBlocks) {
  const auto document = read_as("a.rst",
                                "Example::\n\n    code here\n\n      more\n\nAfter.\n\n- one\n  "
                                "goes on\n- two\n\n  second\n\n1. first\n\n"
                                ".. code-block:: python\n   :linenos:\n\n   def f():\n       "
                                "pass\n\nText\n\n>>> print(1)\n1\n");

  EXPECT_THAT(
      outline(document),
      ElementsAre("p: Example:", "code: code here\n\n  more", "p: After.", "li: one goes on",
                  "li: two", "li: second", "li: first", "code(python): def f():\n    pass",
                  "p: Text", "code(python): >>> print(1)\n1"));
}

TEST(RestructuredText, ReadsDirectivesAndDropsComments) {
  const auto document =
      read_as("a.rst",
              ".. note:: Be careful\n   here.\n\n   Second.\n\n.. image:: pic.png\n   :alt: A "
              "picture\n\n.. toctree::\n   :maxdepth: 2\n\n"
              "   intro\n   Title <guide/setup>\n\n.. include:: ../shared.rst\n\n.. comment\n   "
              "hidden\n\n.. raw:: html\n\n   <b>no</b>\n\nEnd.\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Be careful here.", "p: Second.", "p: A picture", "p: End."));
  EXPECT_THAT(links_of(document),
              ElementsAre("6 image pic.png [A picture]", "12 link intro []",
                          "13 link guide/setup [Title]", "15 include ../shared.rst []"));
}

TEST(RestructuredText, ReadsSimpleAndGridTables) {
  const std::string text =
      "=====  =====\nÄ      B\n=====  =====\n1      2 with\n       more\n3      `t "
      "<tt.html>`__\n=====  =====\n\n"
      "+---+----+\n| H | I  |\n+===+====+\n| a | b  |\n|   | c  |\n+---+----+\n\nEnd\n";

  const auto document = read_as("a.rst", text);

  EXPECT_THAT(outline(document), ElementsAre("th: Ä | B", "tr: 1 | 2 with more", "tr: 3 | t",
                                             "th: H | I", "tr: a | b c", "p: End"));
  EXPECT_THAT(links_of(document), ElementsAre("6 link tt.html [t]"));
  EXPECT_EQ(document.blocks[1].range.line_first, 4U);
  EXPECT_EQ(document.blocks[1].range.line_last, 5U);
}

TEST(RestructuredText, TakesFieldsAtTheTopForMetadata) {
  const auto document =
      read_as("a.rst", ":orphan:\n\nTitle\n=====\n\n:Author: Ann\n:version: 2\n\nBody\n");

  EXPECT_EQ(document.owner, "Ann");
  EXPECT_THAT(document.metadata, ElementsAre(std::pair("version", "2")));
  EXPECT_THAT(outline(document), ElementsAre("h1#title: Title", "p: Body"));
}

TEST(RestructuredText, LeavesUnclosedMarkupAsText) {
  const auto document = read_as("a.rst", "A `b and *c and ``d and |e and :ref:`f\n");

  EXPECT_THAT(outline(document), ElementsAre("p: A `b and *c and ``d and |e and :ref:`f"));
  EXPECT_THAT(links_of(document), IsEmpty());
}

}  // namespace
}  // namespace freshet::pipeline::testing
