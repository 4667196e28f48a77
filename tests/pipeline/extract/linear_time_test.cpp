#include <algorithm>
#include <array>
#include <ctime>

#include <gtest/gtest.h>

#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

struct Attack {
  std::string_view format;
  std::string_view start;
  std::string_view piece;
};

constexpr std::string_view kAdf = "application/vnd.atlassian.adf+json";
constexpr std::string_view kNotion = "application/vnd.notion.blocks+json";
constexpr std::string_view kStorage = "application/vnd.atlassian.storage+xml";
constexpr std::string_view kBbcode = "text/x-bbcode";
constexpr std::string_view kWiki = "text/x-wiki";
constexpr std::string_view kTextile = "text/x-textile";
constexpr std::array<Attack, 40> kAttacks = {{
    {kAdf, R"({"type":"doc","content":[)", R"({"type":"text","text":"a"},)"},
    {kAdf, R"({"type":"doc","a":1,)", R"("a":{},)"},
    {kAdf, R"({"type":"doc","marks":[)", "[],"},
    {kAdf, "[", R"({"type":"table","content":[{"type":"tableRow","content":[{}]}]},)"},
    {kNotion, "[", R"({"type":"quote","quote":{"rich_text":[{"plain_text":"a","href":"b"}]}},)"},
    {kNotion, "[", R"({"type":"table","table":{"children":[{"type":"table_row"}]}},)"},
    {kStorage, "", "<ac:structured-macro ac:name=\"info\"><ac:rich-text-body>"},
    {kStorage, "<ac:structured-macro>", "<ac:plain-text-body>a</ac:plain-text-body>"},
    {kStorage, "<ac:structured-macro>", "<ac:parameter ac:name=\"language\">a</ac:parameter>"},
    {kStorage, "<ac:link>", "<ri:user/>"},
    {kStorage, "", "<ac:link><ac:link-body>"},
    {kStorage, "", "<![CDATA["},
    {kStorage, "", "<![CDATA[a]]><"},
    {kStorage, "", "<table><tr><td><p>a"},
    {kBbcode, "", "[code]"},
    {kBbcode, "", "[b=\""},
    {kBbcode, "", "[quote]a\n\n"},
    {kBbcode, "", "[list][*]"},
    {kBbcode, "[b]", "[/i]"},
    {kBbcode, "", "[url]"},
    {kWiki, "", "{{a|"},
    {kWiki, "", "{{a|b}}"},
    {kWiki, "", "[[a|"},
    {kWiki, "[[File:a|", "[[b]]|"},
    {kWiki, "", "[http://a "},
    {kWiki, "", "<pre>"},
    {kWiki, "", "<nowiki>a</nowiki>"},
    {kWiki, "", "<ref>"},
    {kWiki, "", "{|\n|a||"},
    {kWiki, "{|\n", "|a||b [[c|d]]"},
    {kWiki, "", "__A"},
    {kWiki, "", "=="},
    {kWiki, "", "* <!--"},
    {kWiki, "{{a", "|1={{b|c=[[d|e]]}}"},
    {kTextile, "", "\"a "},
    {kTextile, "", "[[a"},
    {kTextile, "", "*a "},
    {kTextile, "", "<pre>\n"},
    {kTextile, "", "<pre></pre>\n"},
    {kTextile, "", "|a|\n"},
}};

/// The body ends without what closes it where the format has that; JSON gets its ends.
std::string body_of(const Attack& attack, std::size_t bytes) {
  std::string body(attack.start);
  while (body.size() < bytes) body += attack.piece;
  if (attack.format.ends_with("json")) {
    body.back() = attack.start.back() == '[' ? ']' : '}';
    if (attack.start.size() > 1 && attack.start.back() == '[') body += '}';
  }
  return body;
}

double seconds(const Attack& attack, std::size_t bytes) {
  const std::string body = body_of(attack, bytes);
  double best = 1e9;
  for (int round = 0; round < 2; ++round) {
    const std::clock_t begin = std::clock();
    (void)extract_as(attack.format, body);
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

/// Processor time, so that other programs do not count. Four times the bytes take about four times
/// as long where time is linear, and sixteen times where it is quadratic.
TEST(LinearTime, HoldsForEveryFormatOfAService) {
  for (const Attack& attack : kAttacks) {
    const double small = std::max(seconds(attack, 100'000), 0.002);
    const double large = seconds(attack, 400'000);

    EXPECT_LT(large / small, 10) << attack.format << ": " << attack.start << attack.piece;
  }
}

TEST(LinearTime, HoldsForOneTokenOfTenMegabytesAndForDeepNesting) {
  const std::string token(10'000'000, 'a');
  std::string deep, ends;
  for (int level = 0; level < 4'000; ++level) {
    deep += R"({"type":"quote","content":[)";
    ends += "]}";
  }

  EXPECT_EQ(extract_as(kAdf, R"({"type":"text","text":")" + token + "\"}")->blocks.size(), 1U);
  EXPECT_EQ(extract_as(kAdf, deep + R"({"type":"text","text":"a"})" + ends)->blocks.size(), 1U);
  for (const std::string_view format : {kStorage, kBbcode, kWiki, kTextile}) {
    EXPECT_EQ(extract_as(format, token)->blocks.size(), 1U) << format;
    std::string nested;
    for (int level = 0; level < 100'000; ++level) nested += "<b>[quote]{{a|[[b|";
    EXPECT_TRUE(extract_as(format, nested)) << format;
  }
}

}  // namespace
}  // namespace freshet::pipeline::testing
