#include <algorithm>
#include <array>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "tests/pipeline/extract/extracted_text.h"

namespace freshet::pipeline::testing {
namespace {

using Generator = std::mt19937_64;

constexpr std::array<std::string_view, 12> kFormats = {"a.md",
                                                       "a.mdx",
                                                       "a.html",
                                                       "a.rst",
                                                       "a.adoc",
                                                       "a.txt",
                                                       "application/vnd.atlassian.adf+json",
                                                       "application/vnd.notion.blocks+json",
                                                       "application/vnd.atlassian.storage+xml",
                                                       "text/x-bbcode",
                                                       "text/x-wiki",
                                                       "text/x-textile"};

std::string repeat(std::string_view piece, std::size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

/// Whatever comes out must be usable: valid text, ranges and lines inside the input.
void expect_sound(std::string_view format, std::string_view body) {
  const auto document = extract_as(format, body);
  if (!document) {
    EXPECT_FALSE(document.error().message.empty());
    return;
  }
  for (const Block& block : document->blocks) {
    ASSERT_FALSE(block.text.empty()) << format;
    ASSERT_TRUE(is_valid_utf8(block.text)) << format;
    ASSERT_LE(block.range.byte_begin, block.range.byte_end) << format;
    ASSERT_LE(block.range.line_first, block.range.line_last) << format;
    ASSERT_GE(block.range.line_first, 1U) << format;
    if (block.kind != BlockKind::Heading) continue;
    ASSERT_GE(block.level, 1U) << format;
    ASSERT_LE(block.level, 6U) << format;
  }
  for (const ExtractedLink& link : document->links) {
    ASSERT_GE(link.line, 1U) << format;
    ASSERT_LE(link.quote.size(), 200U) << format;
    ASSERT_TRUE(is_valid_utf8(link.quote)) << format;
    ASSERT_TRUE(is_valid_utf8(link.text)) << format;
  }
}

class HostileInput : public ::testing::TestWithParam<std::string_view> {};

TEST_P(HostileInput, NeitherCrashesNorHangsOnDeepAndUnclosedMarkup) {
  constexpr std::array<std::string_view, 60> kPieces = {">",
                                                        "> ",
                                                        "[",
                                                        "[a](",
                                                        "![[]()",
                                                        "*a ",
                                                        "**a*",
                                                        "_a_b ",
                                                        "`",
                                                        "<",
                                                        "</",
                                                        "<div>",
                                                        "<b x=1>",
                                                        "<table><br>",
                                                        "<a href=\"",
                                                        "<!--",
                                                        "<?",
                                                        "<!A ",
                                                        "&",
                                                        "&#",
                                                        "\\",
                                                        "|",
                                                        "{%",
                                                        "{{<",
                                                        "{{< a \"",
                                                        "<Tab a={",
                                                        ":::\n",
                                                        "!!! a\n",
                                                        "- ",
                                                        "1. ",
                                                        "```\n",
                                                        "~~~",
                                                        "::\n\n ",
                                                        ".. a::\n",
                                                        ":a:`",
                                                        "|a",
                                                        "[[",
                                                        "<<",
                                                        "link:a[",
                                                        "----\n",
                                                        "|===\n|",
                                                        "=== a\n",
                                                        "+--+\n",
                                                        "http://a ",
                                                        "[b]",
                                                        "[quote=\"",
                                                        "[*]",
                                                        "{{",
                                                        "{{a|",
                                                        "'''",
                                                        "{|\n|",
                                                        "|-\n!",
                                                        "[[File:a|",
                                                        "{\"content\":[",
                                                        "[[],",
                                                        "<ac:link>",
                                                        "<![CDATA[",
                                                        "<ac:parameter>",
                                                        "\"a\":http://b ",
                                                        "<ref>"};
  for (const std::string_view piece : kPieces) {
    expect_sound(GetParam(), repeat(piece, 50'000));
    expect_sound(GetParam(), "text\n\n" + repeat(piece, 5'000) + "\n\ntext" +
                                 repeat(std::string(piece) + "\n", 2'000));
  }
}

TEST_P(HostileInput, NeitherCrashesNorHangsOnWideTablesWithShortRows) {
  expect_sound(GetParam(),
               repeat("|a", 400) + "\n" + repeat("|-", 400) + "\n" + repeat("|x\n", 20'000));
  expect_sound(GetParam(),
               repeat("|a", 30'000) + "\n" + repeat("|-", 30'000) + "\n" + repeat("|x\n", 200));
  expect_sound(GetParam(), "|===\n|a |b\n\n" + repeat("|", 200'000) + "\n|===\n");
}

TEST_P(HostileInput, SurvivesRandomBytes) {
  Generator random(7);
  for (int round = 0; round < 400; ++round) {
    std::string body(random() % 400, '\0');
    const bool text_like = round % 2 == 0;
    for (char& c : body) c = static_cast<char>(text_like ? 32 + random() % 96 : random() % 256);
    expect_sound(GetParam(), body);
  }
}

TEST_P(HostileInput, SurvivesRandomMarkup) {
  constexpr std::array<std::string_view, 40> kTokens = {
      "# ",        "\n",          "\n\n",    "- ",     "> ",
      "```",       "`",           "*",       "[x](y)", "|a|b|\n|-|-|\n",
      "<p>",       "</p>",        "<table>", "<tr>",   "<td>",
      "<li>",      "<b>",         "</b>",    "---\n",  "===\n",
      ".. note::", "::\n\n  ",    "ü",       "word ",  "{{<",
      ">}}",       "{%",          "%}",      "<A b>",  "</A>",
      ":::",       "!!! a\n    ", "|===\n",  "----\n", "link:a[b]",
      ":ref:`a`",  "\r\n",        "\t",      "<!--",   "-->"};
  Generator random(11);
  for (int round = 0; round < 400; ++round) {
    std::string body;
    for (std::size_t i = random() % 80; i > 0; --i) body += kTokens[random() % kTokens.size()];
    expect_sound(GetParam(), body);
  }
}

TEST_P(HostileInput, SurvivesMutationsOfAPage) {
  const std::string page =
      "---\ntitle: T\n---\n# Head {#id}\n\nText with [link](a.md) and `code`.\n\n<div "
      "class=\"x\"><p>Html <b>bold</b></div>\n\n| a | b |\n|---|---|\n| c | d |\n\n"
      ".. note:: Note\n\n   More\n\n* item\n** deeper\n\n[source,c]\n----\nint "
      "x;\n----\n\n|===\n|a |b\n\n|c |d\n|===\n\n{% tab title=\"T\" %}\ntext\n{% endtab %}\n";
  Generator random(13);
  for (int round = 0; round < 400; ++round) {
    std::string body = page;
    for (std::size_t edits = 1 + random() % 8; edits > 0; --edits) {
      const std::size_t at = random() % body.size();
      switch (random() % 4) {
        case 0:
          body[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          body.erase(at, 1 + random() % 20);
          break;
        case 2:
          body.insert(at, body.substr(random() % body.size(), 30));
          break;
        default:
          body.resize(at + 1);
          break;
      }
      if (body.empty()) body = "x";
    }
    expect_sound(GetParam(), body);
  }
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, HostileInput, ::testing::ValuesIn(kFormats),
                         [](const auto& tested) {
                           std::string name(
                               tested.param.substr(tested.param.find_last_of("./") + 1));
                           const auto is_sign = [](char c) { return c == '+' || c == '-'; };
                           std::replace_if(name.begin(), name.end(), is_sign, '_');
                           return name;
                         });

}  // namespace
}  // namespace freshet::pipeline::testing
