#include "index/encoding/approximate_counter.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "base/utf8.h"
#include "index/encoding/wordpiece.h"
#include "tests/index/encoding/model_files.h"
#include "tests/support/result_matchers.h"

namespace freshet::index {
namespace {

TEST(ApproximateCounter, CountsNoFewerTokensThanAModelWouldForTextOfManyLanguages) {
  ASSERT_SUCCEEDS(const auto vocabulary, read_file(testing::model_directory() / "vocab.txt"));
  ASSERT_SUCCEEDS(const auto tokenizer, WordPiece::create(vocabulary, {}));
  ASSERT_SUCCEEDS(const auto file, read_file(testing::golden_directory() / "vectors.json"));
  ASSERT_SUCCEEDS(const auto rows, parse_json(file));
  const ApproximateCounter counter(512);

  for (const Json& row : rows) {
    const auto text = row["text"].get<std::string>();
    EXPECT_GE(counter.count(text), tokenizer.count(text)) << text;
  }
}

TEST(ApproximateCounter, CountsLettersDigitsMarksAndOthers) {
  const ApproximateCounter counter(512);

  EXPECT_EQ(counter.count(""), 0U);
  EXPECT_EQ(counter.count("abc abcd"), 3U);
  EXPECT_EQ(counter.count("a1b-"), 4U);
  EXPECT_EQ(counter.count("é日🙂"), 2U + 3U + 4U);
  EXPECT_EQ(counter.count("\xff\xff"), 2U);
}

TEST(ApproximateCounter, CutsBetweenCharactersAtTheLastTokenThatFits) {
  EXPECT_EQ(ApproximateCounter::cut("abc def ghi", 2), "abc def ");
  EXPECT_EQ(ApproximateCounter::cut("日本語", 3), "日");
  EXPECT_EQ(ApproximateCounter::cut("abc", 0), "");
  EXPECT_EQ(ApproximateCounter::cut("abc", 9), "abc");
}

}  // namespace
}  // namespace freshet::index
