#include "index/keyword/tokens.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace freshet::index {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> tokens_of(std::string_view text, TokenKind kind) {
  std::vector<std::string> texts;
  for (const Token& token : tokenize(text)) {
    if (token.kind == kind) texts.push_back(token.text);
  }
  return texts;
}

std::vector<std::string> words(std::string_view text) {
  return tokens_of(text, TokenKind::Word);
}
std::vector<std::string> identifiers(std::string_view text) {
  return tokens_of(text, TokenKind::Identifier);
}

TEST(Tokens, AreFoldedWords) {
  EXPECT_THAT(words("The Refund, \xEF\xBC\xA1\xEF\xBC\xA2 (STRASSE) stra\xC3\x9F"
                    "e e\xCC\x81t\xC3\xA9"),
              ElementsAre("the", "refund", "ab", "strasse", "strasse", "\xC3\xA9t\xC3\xA9"));
}

TEST(Tokens, KeepContractionsAndSplitElisions) {
  EXPECT_THAT(words("don't it's l'adresse O'Reilly"),
              ElementsAre("don't", "it's", "l", "adresse", "o", "reilly"));
}

TEST(Tokens, KeepIdentifiersWholeAndTheirWords) {
  EXPECT_THAT(identifiers("see ERR_CONNECTION_RESET in config.yaml."),
              ElementsAre("err_connection_reset", "config.yaml"));
  EXPECT_THAT(words("ERR_CONNECTION_RESET"), ElementsAre("err", "connection", "reset"));
}

TEST(Tokens, ReadVersionsWithAndWithoutTheLetterAlike) {
  EXPECT_THAT(identifiers("v1.2.3"), ElementsAre("1.2.3"));
  EXPECT_THAT(identifiers("V1.2.3"), identifiers("1.2.3"));
}

TEST(Tokens, KnowFlagsByTheirDashes) {
  EXPECT_THAT(identifiers("run `--force` or -v"), ElementsAre("--force", "-v"));
  EXPECT_THAT(identifiers("--dry-run"), UnorderedElementsAre("--dry-run", "dry-run"));
  EXPECT_THAT(identifiers("a - b -- c well-known"), ElementsAre("well-known"));
}

TEST(Tokens, KeepLanguageNames) {
  EXPECT_THAT(identifiers("C++ and C#, F#."), ElementsAre("c++", "c#", "f#"));
}

TEST(Tokens, CutCamelCaseIntoParts) {
  EXPECT_THAT(tokens_of("getUserName HTTPServer plain ALLCAPS", TokenKind::Part),
              ElementsAre("get", "user", "name", "http", "server"));
  EXPECT_THAT(words("getUserName"), ElementsAre("getusername"));
}

TEST(Tokens, PairNeighboursInScriptsWithoutSpaces) {
  const std::string tokyo = "\xE6\x9D\xB1\xE4\xBA\xAC\xE9\x83\xBD";  // Three Han characters.

  EXPECT_THAT(tokens_of(tokyo, TokenKind::Gram),
              ElementsAre(tokyo.substr(0, 6), tokyo.substr(3, 6)));
  EXPECT_THAT(tokens_of(tokyo, TokenKind::Character), SizeIs(3));
  EXPECT_THAT(words(tokyo + "API" + tokyo), ElementsAre("api"));
}

TEST(Tokens, SurviveAnyBytes) {
  EXPECT_THAT(words("a\xFF\xFE"
                    "b\xC3"),
              ElementsAre("a", "b"));
  EXPECT_THAT(tokenize(""), IsEmpty());
  EXPECT_THAT(tokenize("''--__..\xE2\x80\x99"), IsEmpty());
  EXPECT_THAT(words(std::string("nul\0byte", 8)), ElementsAre("nul", "byte"));
}

TEST(Tokens, DropIdentifiersTooLongToBeNames) {
  std::string path = "x";
  for (int part = 0; part < 200; ++part) path += "/y";

  EXPECT_THAT(identifiers(path), IsEmpty());
  EXPECT_THAT(words(path), SizeIs(201));
}

TEST(Tokens, TakeLinearTimeOnHostileText) {
  const std::string dashes(1 << 20, '-');
  const std::string joined = [] {
    std::string text;
    for (int at = 0; at < (1 << 18); ++at) text += "a.";
    return text;
  }();

  EXPECT_THAT(tokenize(dashes), IsEmpty());
  EXPECT_THAT(words(joined), SizeIs(1 << 18));
  EXPECT_THAT(words(std::string(1 << 20, 'a')), SizeIs(1));
}

}  // namespace
}  // namespace freshet::index
