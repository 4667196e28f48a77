#include "index/encoding/wordpiece.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "tests/index/encoding/model_files.h"
#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Ids:                              0      1      2      3      4       5  6    7     8   9  10 11
constexpr std::string_view kSmall =
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n##bc\nab\n!\né\ne\n";

WordPiece small(Normalization normalization = {}) {
  auto tokenizer = WordPiece::create(kSmall, normalization);
  EXPECT_TRUE(tokenizer.has_value());
  return *std::move(tokenizer);
}

WordPiece minilm() {
  auto vocabulary = read_file(testing::model_directory() / "vocab.txt");
  EXPECT_TRUE(vocabulary.has_value()) << "run scripts/setup to fetch the model";
  auto tokenizer = WordPiece::create(vocabulary.has_value() ? *vocabulary : kSmall, {});
  EXPECT_TRUE(tokenizer.has_value());
  return *std::move(tokenizer);
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : text.substr(0, text.find('='))) {
    bits = (bits << 6) | static_cast<std::uint32_t>(kAlphabet.find(letter));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xFF);
  }
  return bytes;
}

TEST(WordPiece, GivesTheReferencesIdsForEveryGoldenText) {
  const WordPiece tokenizer = minilm();
  ASSERT_SUCCEEDS(const auto file, read_file(testing::golden_directory() / "wordpiece.jsonl"));
  std::istringstream lines(file);
  std::size_t rows = 0;
  std::size_t wrong = 0;

  for (std::string line; std::getline(lines, line); ++rows) {
    ASSERT_SUCCEEDS(const auto row, parse_json(line));
    const auto written = row[0].get<std::string>();
    const std::string text = row.size() == 3 ? from_base64(written) : written;
    const auto expected = row[1].get<std::vector<TokenId>>();
    if (tokenizer.tokenize(text) == expected && tokenizer.count(text) == expected.size()) continue;
    if (++wrong <= 10) {
      EXPECT_EQ(tokenizer.tokenize(text), expected) << "row " << rows + 1 << ": " << written;
    }
  }

  EXPECT_EQ(wrong, 0U);
  EXPECT_GE(rows, 20000U);
}

TEST(WordPiece, TakesTheLongestPieceFirst) {
  EXPECT_THAT(small().tokenize("abc"),
              ElementsAre(1));  // "ab" leaves "c", which no piece continues.
  EXPECT_THAT(small().tokenize("abb"), ElementsAre(8, 6));
  EXPECT_THAT(small().tokenize("A!ab"), ElementsAre(5, 9, 8));
}

TEST(WordPiece, KeepsCaseAndAccentsWhereTheModelDoes) {
  EXPECT_THAT(small({true, true}).tokenize("É"), ElementsAre(11));
  EXPECT_THAT(small({true, false}).tokenize("É"), ElementsAre(10));
  EXPECT_THAT(small({false, false}).tokenize("É A é"), ElementsAre(1, 1, 10));
}

TEST(WordPiece, ReadsSpecialTokensWrittenOut) {
  EXPECT_THAT(small().tokenize("a[MASK]a [sep]"), ElementsAre(5, 4, 5, 1, 1, 1));
}

TEST(WordPiece, StopsAtTheLimit) {
  EXPECT_THAT(small().tokenize("abb abb abb", 3), ElementsAre(8, 6, 8));
  EXPECT_THAT(small().tokenize("a", 0), IsEmpty());
}

TEST(WordPiece, TakesHostileTextWithoutHarm) {
  const WordPiece tokenizer = small();

  EXPECT_THAT(tokenizer.tokenize(std::string(1000000, 'a')), ElementsAre(1));
  EXPECT_THAT(tokenizer.tokenize(std::string(1000000, '\xff')), IsEmpty());
  EXPECT_EQ(tokenizer.count(std::string(100000, '[')), 100000U);
  std::string marks = "a";
  for (int i = 0; i < 100000; ++i) marks += "\u302e\u0301";
  EXPECT_THAT(tokenizer.tokenize(marks), ElementsAre(1));
}

TEST(WordPiece, ReadsVocabulariesWithCarriageReturnsAndNoLastLineEnd) {
  ASSERT_SUCCEEDS(const auto tokenizer,
                  WordPiece::create("[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\nab", {}));

  EXPECT_THAT(tokenizer.tokenize("ab"), ElementsAre(4));
  EXPECT_EQ(tokenizer.vocabulary_size(), 5U);
}

TEST(WordPiece, RefusesAVocabularyItCannotUse) {
  EXPECT_THAT(WordPiece::create("", {}), FailsWith(ErrorKind::Invalid, HasSubstr("[CLS]")));
  EXPECT_THAT(WordPiece::create("[PAD]\n\xff\n", {}),
              FailsWith(ErrorKind::Invalid, HasSubstr("UTF-8")));
  EXPECT_THAT(WordPiece::create(std::string(std::size_t{16} << 20, 'x'), {}),
              FailsWith(ErrorKind::Invalid, HasSubstr("16 MiB")));
}

TEST(WordPieceCounter, CountsWithoutSpecialTokens) {
  const WordPiece tokenizer = small();
  const WordPieceCounter counter(tokenizer, 254);

  EXPECT_EQ(counter.count("ab abb!"), 4U);
  EXPECT_EQ(counter.window(), 254U);
}

}  // namespace
}  // namespace freshet::index
