#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SiteSyntax, DropsModuleLinesAndComponentsButKeepsTheirTextAndTitles) {
  const auto document =
      read_as("a.mdx",
              "import Tabs from '@theme/Tabs';\nexport const x = 1\n\n<Tabs groupId=\"os\">\n"
              "<TabItem value=\"l\"\n  label=\"Linux\">\n\nRun <Badge kind={x > 1} /> this on "
              "<POD_NAME>.\n\n</TabItem>\n</Tabs>\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Linux", "p: Run this on <POD_NAME>."));
  EXPECT_EQ(document.blocks[1].range.line_first, 8U);
}

TEST(SiteSyntax, KeepsTheContentOfHugoShortcodes) {
  const auto document = read_as(
      "a.md",
      "{{% tab name=\"Linux\" %}}\nUse {{< param \"v\" >}}apt.\n{{% /tab %}}\n\nSee [the page]({{< "
      "ref \"other.md#x\" >}}).\n\n"
      "{{< include \"shared/part.md\" >}}\n{{< figure\n  src=\"f.png\" title=\"Figure\" >}}\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Linux\nUse apt.", "p: See the page.", "p: Figure"));
  EXPECT_THAT(links_of(document),
              ElementsAre("5 link other.md#x [the page]", "7 include shared/part.md []",
                          "8 image f.png [Figure]"));
}

TEST(SiteSyntax, KeepsTheContentOfGitBookBlocks) {
  const auto document = read_as("a.md",
                                "{% hint style=\"info\" %}\nMind the gap.\n{% endhint %}\n\n{% "
                                "tabs %}\n{% tab title=\"conf.yaml\" %}\n\n```yaml\na: 1\n```\n\n"
                                "{% endtab %}\n{% endtabs %}\n\n{% content-ref url=\"next.md\" "
                                "%}\n[Next](next.md)\n{% endcontent-ref %}\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: Mind the gap.", "p: conf.yaml", "code(yaml): a: 1", "p: Next"));
  EXPECT_THAT(links_of(document), ElementsAre("15 include next.md []", "16 link next.md [Next]"));
}

TEST(SiteSyntax, TurnsJekyllHighlightIntoCode) {
  const auto document = read_as("a.md",
                                "{% highlight ruby %}\nputs \"{% x %}\"\n{% endhighlight %}\n{% "
                                "comment %}\ngone\n{% endcomment %}\nAfter\n");

  EXPECT_THAT(outline(document), ElementsAre("code(ruby): puts \"{% x %}\"", "p: After"));
}

TEST(SiteSyntax, KeepsAdmonitionsAndTabsOfDocusaurusAndMkDocs) {
  const auto document = read_as("a.md",
                                ":::tip[Be careful]\nInside.\n:::\n\n!!! warning \"Hot\"\n    "
                                "Indented [link](hot.md).\n\n    ```\n    {{< literal >}}\n"
                                "    ```\n\n=== \"Tab one\"\n\n    Text.\n\nAfter.\n\n> [!NOTE]\n> "
                                "Alert.\n\n--8<-- \"snip.md\"\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Be careful\nInside.", "p: Hot\nIndented link.",
                                             "code: {{< literal >}}", "p: Tab one", "p: Text.",
                                             "p: After.", "quote: Alert."));
  EXPECT_THAT(links_of(document), ElementsAre("6 link hot.md [link]", "21 include snip.md []"));
}

TEST(SiteSyntax, TakesExplicitHeadingIds) {
  const auto document = read_as(
      "a.md", "# One {#first}\n\n## Two\n{: #second }\n\nThree {#third}\n-----\n\n## Plain {x}\n");

  EXPECT_THAT(outline(document), ElementsAre("h1#first: One", "h2#second: Two", "h2#third: Three",
                                             "h2#plain-x: Plain {x}"));
}

TEST(SiteSyntax, LeavesCodeAlone) {
  const auto document = read_as(
      "a.md",
      "Use `{{< x >}}` and `<Tab a=\"b\">`.\n\n```\n{% raw %}\n:::note\nimport a from 'b'\n```\n");

  EXPECT_THAT(outline(document), ElementsAre("p: Use {{< x >}} and <Tab a=\"b\">.",
                                             "code: {% raw %}\n:::note\nimport a from 'b'"));
  EXPECT_THAT(links_of(document), IsEmpty());
}

TEST(SiteSyntax, LeavesUnclosedTagsAsText) {
  const auto document = read_as("a.md", "A {{< broken\n\nB {% broken\n\nC <Broken x=\n");

  EXPECT_THAT(outline(document),
              ElementsAre("p: A {{< broken", "p: B {% broken", "p: C <Broken x="));
}

}  // namespace
}  // namespace freshet::pipeline::testing
