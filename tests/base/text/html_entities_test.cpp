#include "base/text/html_entities.h"

#include <string>

#include <gtest/gtest.h>

namespace freshet::testing {
namespace {

TEST(HtmlFragment, TagsGoAndReferencesBecomeCharacters) {
  EXPECT_EQ(text_of_html_fragment("Q&amp;A &#8211; <em>new</em>&nbsp;&#x201c;plans&quot;"),
            "Q&A – new\u00a0“plans\"");
}

TEST(HtmlFragment, WhatOnlyLooksLikeMarkupStays) {
  EXPECT_EQ(text_of_html_fragment("1 < 2 & 3 > 2 &unknown; <3"), "1 < 2 & 3 > 2 &unknown; <3");
  EXPECT_EQ(text_of_html_fragment("&lt;b&gt; is bold"), "<b> is bold");
}

TEST(HtmlFragment, WhatIsCutOffWithinATagEndsThere) {
  std::string open;
  for (int i = 0; i < 200000; ++i) open += "<a ";  // Quadratic work would not end in a test's time.
  EXPECT_EQ(text_of_html_fragment("Title " + open), "Title ");
}

}  // namespace
}  // namespace freshet::testing
