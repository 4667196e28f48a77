#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kType = "text/x-textile";

TEST(Textile, GivesBlocksInReadingOrder) {
  const auto document = read_as(
      kType,
      "h1. Set up\n\nh2(#own). Next step\n\nOne *bold* _it_ @a*b*c@ snake_case 2 * 3\nnext\n\n"
      "* a\n** b\n# c\n\nbq. Q\n\n> Mail\n> more\n\nbc. let x;\n  y;\n\n"
      "<pre><code class=\"ruby\">\nputs 1\n\n* no item\n</code></pre> after\n"
      "|_. K|_. V|\n|a|\"b\":https://a.example|\n\n{{toc}}\np. Last");

  EXPECT_THAT(outline(document),
              ElementsAre("h1#Set-up: Set up", "h2#own: Next step",
                          "p: One bold it a*b*c snake_case 2 * 3\nnext", "li: a", "li: b", "li: c",
                          "quote: Q", "quote: Mail\nmore", "code: let x;\n  y;",
                          "code(ruby): puts 1\n\n* no item", "p: after", "th: K | V", "tr: a | b",
                          "p: Last"));
}

TEST(Textile, FindsLinksAndImagesOnTheirLines) {
  const auto document = read_as(kType,
                                "He said \"so\" in \"the guide\":https://a.example/g, bare "
                                "https://a.example/b.\n[[Setup|the page]] and [[Other]]\n"
                                "!https://a.example/i.png(Plan)! wow! yes!\n");

  EXPECT_THAT(links_of(document), ElementsAre("1 link https://a.example/g [the guide]",
                                              "1 link https://a.example/b [https://a.example/b]",
                                              "2 link Setup [the page]", "2 link Other [Other]",
                                              "3 image https://a.example/i.png [Plan]"));
  EXPECT_THAT(outline(document),
              ElementsAre("p: He said \"so\" in the guide, bare https://a.example/b.\nthe page and "
                          "Other\nPlan wow! yes!"));
}

TEST(Textile, LeavesWhatIsUnbalancedAsText) {
  const auto document = read_as(kType, "*a [[b @c \"d\": <script>x</script> h2.none |e\n\n<pre>f");

  EXPECT_THAT(outline(document),
              ElementsAre("p: *a [[b @c \"d\": <script>x</script> h2.none |e", "code: f"));
}

}  // namespace
}  // namespace freshet::pipeline::testing
