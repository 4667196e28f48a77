#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline::testing {
namespace {

using ::freshet::testing::FailsWith;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Html, GivesBlocksInReadingOrderAsABrowserWould) {
  const auto document = read_as(
      "a.html",
      "<!DOCTYPE html><title>T &mdash; Site</title><h1 id=top>Head&nbsp;line</h1><p>One "
      "<b>bold</b><br>next\nline<p>Two &amp; &#x41;"
      "<ul><li>a<li>b<ol><li>c</ol></ul><blockquote><p>Q</blockquote><dl><dt>Term<dd>Meaning</dl>"
      "<pre><code class=\"language-js\">let x;\n  y()\n</code></pre>"
      "<table><thead><tr><th>K<th>V</thead><tr><td>a<td>b<p>c</p></table>");

  EXPECT_EQ(document.title, "Head line");
  EXPECT_THAT(outline(document),
              ElementsAre("h1#top: Head line", "p: One bold\nnext line", "p: Two & A", "li: a",
                          "li: b", "li: c", "quote: Q", "li: Term", "li: Meaning",
                          "code(js): let x;\n  y()", "th: K | V", "tr: a | b c"));
}

TEST(Html, ReadsALineEndBetweenElementsAsASpace) {
  EXPECT_THAT(outline(read_as("a.html", "<p><b>a</b>\n<i>b</i><br>c")), ElementsAre("p: a b\nc"));
}

TEST(Html, ReadsFragmentsWhole) {
  const auto short_reply = read_as("text/html", "<p>Thanks!</p>");
  const auto post =
      read_as("text/html",
              "<aside class=\"quote\"><blockquote><p>Earlier</p></blockquote></aside>\n"
              "<p>Yes, see <a href=\"https://a.example\">this</a>.</p>");
  const auto links = read_as("text/html",
                             "<ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a>"
                             "<li><a href=4>Four</a><li><a href=5>Five</a></ul><p>Try these.</p>");

  EXPECT_THAT(outline(short_reply), ElementsAre("p: Thanks!"));
  EXPECT_THAT(outline(post), ElementsAre("quote: Earlier", "p: Yes, see this."));
  EXPECT_THAT(outline(links), ElementsAre("li: One", "li: Two", "li: Three", "li: Four", "li: Five",
                                          "p: Try these."));
  EXPECT_EQ(links.links.size(), 5U);
}

TEST(Html, ReadsTheMarkedContentOnly) {
  const auto document =
      read_as("a.html",
              "<html lang=de-AT><title>Titel</title><body><nav><a "
              "href=/>Home</a></nav><header>Banner</header><main><header><h2 id=s>Kopf</h2>"
              "</header><p>Inhalt<nav>Seiten</nav></main><footer>Fuß</footer>");

  EXPECT_EQ(document.title, "Titel");
  EXPECT_EQ(document.language, "de");
  EXPECT_THAT(outline(document), ElementsAre("h2#s: Kopf", "p: Inhalt"));
  EXPECT_THAT(links_of(document), ElementsAre());
}

TEST(Html, PassesOverMenusWhereNothingMarksTheContent) {
  const auto document = read_as(
      "a.html",
      "<body><div><ul><li><a href=1>One</a><li><a href=2>Two</a><li><a href=3>Three</a><li><a "
      "href=4>Four</a><li><a href=5>Five</a></ul>"
      "</div><div><h1>Page</h1><p>Text with <a href=x>a link</a>.</div><footer>Imprint</footer>");

  EXPECT_THAT(outline(document), ElementsAre("h1#: Page", "p: Text with a link."));
  EXPECT_THAT(links_of(document), ElementsAre("1 link x [a link]"));
}

TEST(Html, DoesNotReadWhatIsHidden) {
  const auto document =
      read_as("a.html",
              "<p>Seen<span hidden>1</span><span style='DISPLAY : none'>2</span><span "
              "aria-hidden=true>3</span></p><script>4</script>"
              "<style>5</style><template>6</template><noscript>7</noscript><div "
              "style=\"visibility:hidden\">8</div><p>zero\u200Bwidth\u00AD</p>");

  EXPECT_THAT(outline(document), ElementsAre("p: Seen", "p: zerowidth"));
}

TEST(Html, FindsLinksAndBlocksOnTheirLines) {
  const std::string text =
      "<body>\n<p>First\r\n<a href=\"x.html?a=1&amp;b=2\">the\nlink</a>\n<img src=i.png "
      "alt='Pic'></p>\n\n<h2>Ende</h2>\n";

  const auto document = read_as("a.html", text);

  EXPECT_THAT(links_of(document),
              ElementsAre("3 link x.html?a=1&b=2 [the link]", "5 image i.png [Pic]"));
  ASSERT_EQ(document.blocks.size(), 2U);
  EXPECT_EQ(document.blocks[0].range.line_first, 2U);
  EXPECT_EQ(document.blocks[0].range.line_last, 5U);
  EXPECT_EQ(source_of(document.blocks[1], text), "<h2>Ende</h2>");
  EXPECT_EQ(document.blocks[1].range.line_first, 7U);
}

TEST(Html, TakesAnchorsFromSectionsAndPermalinks) {
  const auto document =
      read_as("a.html",
              "<section id=one><h2>One<a class=headerlink href=#one>¶</a></h2></section><h3>Two <a "
              "href=\"#two\">#</a></h3><h4><a name=three></a>Three</h4>");

  EXPECT_THAT(outline(document), ElementsAre("h2#one: One", "h3#two: Two", "h4#three: Three"));
}

TEST(Html, ReadsTablesThatOnlyArrangeThePageAsBlocks) {
  const auto document = read_as("a.html",
                                "<table><tr><td><h2>Head</h2><p>Text</p></"
                                "td><td><table><tr><td>a<td>b</table></td></tr></table>");

  EXPECT_THAT(outline(document), ElementsAre("h2#: Head", "p: Text", "tr: a | b"));
}

TEST(Html, RefusesALargePageWithoutText) {
  const std::string page = "<html><body><div id=app></div><script>" + std::string(100'000, 'x') +
                           "</script></body></html>";

  EXPECT_THAT(extract({"a.html", "", page, ""}),
              FailsWith(ErrorKind::Invalid, HasSubstr("holds no text")));
}

TEST(Html, ReadsPagesThatAreTooDeepForTheHtml5Parser) {
  std::string page = "<html><title>Deep</title><body><h1 id=a>Top</h1>";
  for (int i = 0; i < 100'000; ++i) page += "<div>";
  page += "<p>Bottom <a href=x>link</a>";

  const auto document = read_as("a.html", page);

  EXPECT_THAT(outline(document), ElementsAre("h1#a: Top", "p: Bottom link"));
  EXPECT_THAT(links_of(document), ElementsAre("1 link x [link]"));
}

}  // namespace
}  // namespace freshet::pipeline::testing
