#include "index/keyword/keyword_index.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/index/keyword/keyword_corpus.h"

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::KeywordCorpus;
using ::testing::SizeIs;
using testing::Succeeds;
using ::testing::UnorderedElementsAre;

KeywordCorpus support_corpus() {
  return KeywordCorpus({{
      {.number = 1, .text = "The browser shows ERR_CONNECTION_RESET when the proxy is down."},
      {.number = 2, .text = "Set retries in config.yaml and start with --dry-run."},
      {.number = 3, .text = "Refunds are paid within ten days. Ask billing about your refund."},
      {.number = 4, .text = "Windows update fails with 0x80070005 on version v1.2.3."},
      {.number = 5, .text = "Call getUserName to read the account."},
      {.number = 6, .text = "The connection to the billing proxy is encrypted."},
  }});
}

TEST(Keyword, FindsIdentifiersWhole) {
  const KeywordCorpus corpus = support_corpus();

  EXPECT_EQ(corpus.find("err_connection_reset").front(), 1U);
  EXPECT_EQ(corpus.find("CONFIG.YAML").front(), 2U);
  EXPECT_THAT(corpus.find("--dry-run"), ElementsAre(2));
  EXPECT_THAT(corpus.find("0x80070005"), ElementsAre(4));
  EXPECT_THAT(corpus.find("1.2.3"), ElementsAre(4));
  EXPECT_THAT(corpus.find("getusername"), ElementsAre(5));
}

TEST(Keyword, FindsIdentifiersInParts) {
  const KeywordCorpus corpus = support_corpus();

  EXPECT_EQ(corpus.find("connection reset").front(), 1U);
  EXPECT_THAT(corpus.find("yaml"), ElementsAre(2));
  EXPECT_THAT(corpus.find("user name"), ElementsAre(5));
  EXPECT_THAT(corpus.find("UserName"), ElementsAre(5));
}

TEST(Keyword, PrefersTheWholeIdentifierToItsParts) {
  const KeywordCorpus corpus({{
      {.number = 1, .text = "connection reset err reset connection err"},
      {.number = 2, .text = "It says ERR_CONNECTION_RESET and nothing else of any interest here."},
  }});

  EXPECT_THAT(corpus.find("ERR_CONNECTION_RESET"), ElementsAre(2, 1));
}

TEST(Keyword, StemsByTheDocumentsLanguage) {
  const KeywordCorpus corpus({{
      {.number = 1, .text = "paying refunds", .language = "en"},
      {.number = 2, .text = "die Rechnungen", .language = "de"},
      {.number = 3, .text = "refunds", .language = "xx"},
  }});

  EXPECT_THAT(corpus.find("pay"), ElementsAre(1));
  EXPECT_THAT(corpus.find("Rechnung"), ElementsAre(2));
  EXPECT_THAT(corpus.find("refund"), ElementsAre(1));
  EXPECT_THAT(corpus.find("refunds"), UnorderedElementsAre(1, 3));
}

TEST(Keyword, SearchesStopWordsOnlyWhenThereIsNothingElse) {
  const KeywordCorpus corpus({{
      {.number = 1, .text = "to be or not to be"},
      {.number = 2, .text = "invoice"},
      {.number = 3, .text = "the invoice that is to be paid"},
  }});

  EXPECT_EQ(corpus.find("to be or not to be").front(), 1U);
  EXPECT_THAT(corpus.find("is the invoice"), ElementsAre(2, 3));
  EXPECT_THAT(corpus.find("to the unknownword"), IsEmpty());
}

TEST(Keyword, WeighsTitleAndHeadingsAboveText) {
  const KeywordCorpus corpus({{
      {.number = 1, .text = "refund something other words here", .title = "Shipping orders"},
      {.number = 2, .text = "shipping something other words here", .title = "Refund orders"},
      {.number = 3, .text = "shipping other words", .title = "Things", .headings = {"Invoices"}},
      {.number = 4, .text = "invoices other words", .title = "Things", .headings = {"Shipping"}},
  }});

  EXPECT_THAT(corpus.find("refund"), ElementsAre(2, 1));
  EXPECT_THAT(corpus.find("invoices"), ElementsAre(3, 4));
}

TEST(Keyword, RequiresQuotedWordsWhenTheyOccur) {
  const KeywordCorpus corpus = support_corpus();

  EXPECT_THAT(corpus.find("proxy \"billing connection\""), ElementsAre(6));
  EXPECT_EQ(corpus.find("proxy billing connection").size(), 3U);
  EXPECT_FALSE(corpus.find("proxy \"unheard of\"").empty());
}

TEST(Keyword, AnswersOperatorSoup) {
  const KeywordCorpus corpus = support_corpus();

  for (const char* soup : {"proxy AND NOT", "(((proxy", "proxy OR", "\"proxy", "proxy*:~^ NEAR/9",
                           "title:proxy AND \"\"", "-proxy +", "proxy \"\" \"\""}) {
    EXPECT_THAT(corpus.find(soup), UnorderedElementsAre(1, 6)) << soup;
  }
}

TEST(Keyword, AnswersTextThatIsNotUtf8OrEmpty) {
  const KeywordCorpus corpus = support_corpus();

  EXPECT_THAT(corpus.find("\xFF\xC3 refund \x80"), ElementsAre(3));
  EXPECT_THAT(corpus.find(""), IsEmpty());
  EXPECT_THAT(corpus.find("?!\"\" --"), IsEmpty());
  EXPECT_THAT(corpus.find(std::string("\0refund", 7)), ElementsAre(3));
}

TEST(Keyword, AnswersAMegabyteOfQuery) {
  const KeywordCorpus corpus = support_corpus();
  std::string text = "refund ";
  while (text.size() < (1U << 20)) text += "word" + std::to_string(text.size()) + " proxy ";

  EXPECT_THAT(corpus.find(text), UnorderedElementsAre(1, 3, 6));
}

TEST(Keyword, TakesTermsBeyondXapiansLimit) {
  const std::string long_word(3000, 'q');
  const KeywordCorpus corpus(
      {{{.number = 1, .text = "token " + long_word}, {.number = 2, .text = "token"}}});

  EXPECT_THAT(corpus.find(long_word), ElementsAre(1));
  EXPECT_THAT(corpus.find(long_word + "q"), IsEmpty());
}

TEST(Keyword, FindsScriptsWithoutSpaces) {
  const std::string east = "\xE6\x9D\xB1";
  const std::string capital = "\xE4\xBA\xAC";
  const KeywordCorpus corpus({{
      {.number = 1, .text = east + capital + " API", .language = "ja"},
      {.number = 2, .text = capital + east, .language = "ja"},
  }});

  EXPECT_THAT(corpus.find(east + capital), ElementsAre(1));
  EXPECT_THAT(corpus.find(capital), UnorderedElementsAre(1, 2));
}

TEST(Keyword, NamesTheMatchedTermsAsTheQueryWroteThem) {
  const KeywordCorpus corpus = support_corpus();

  ASSERT_SUCCEEDS(const auto terms,
                  corpus.open().matched_terms("How are Refunds in Billing config.yaml?", 3));
  EXPECT_THAT(terms, UnorderedElementsAre("Refunds", "Billing"));
  ASSERT_SUCCEEDS(const auto none, corpus.open().matched_terms("refunds", 99));
  EXPECT_THAT(none, IsEmpty());
}

TEST(Keyword, FindsNothingInAnEmptyIndex) {
  const KeywordCorpus empty_segment(std::vector<std::vector<testing::SmallPassage>>(1));
  const KeywordCorpus no_segment(std::vector<std::vector<testing::SmallPassage>>{});

  EXPECT_THAT(empty_segment.find("refund"), IsEmpty());
  EXPECT_THAT(no_segment.find("refund"), IsEmpty());
}

TEST(Keyword, LeavesOnlyTheFinishedFile) {
  const KeywordCorpus corpus = support_corpus();

  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(corpus.directories().front())) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(names, ElementsAre("keyword.glass"));
}

}  // namespace
}  // namespace freshet::index
