#include <filesystem>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "tests/index/keyword/keyword_corpus.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::KeywordCorpus;
using testing::TemporaryDirectory;

TEST(KeywordFile, IsCorruptWhenMissing) {
  const TemporaryDirectory directory;
  const std::vector<std::filesystem::path> segments{directory.path()};

  EXPECT_THAT(
      KeywordIndex::open(segments, {}),
      FailsWith(ErrorKind::Corrupt, AllOf(HasSubstr("keyword.glass"), HasSubstr("rebuild"))));
}

TEST(KeywordFile, IsCorruptWhenItIsSomethingElse) {
  const TemporaryDirectory directory;
  const std::vector<std::filesystem::path> segments{directory.path()};

  for (const std::string& bytes :
       {std::string(), std::string("nonsense"), std::string(100000, 'x')}) {
    directory.write("keyword.glass", bytes);
    EXPECT_THAT(KeywordIndex::open(segments, {}),
                FailsWith(ErrorKind::Corrupt, HasSubstr("keyword.glass")));
  }
}

TEST(KeywordFile, NeverEndsTheProcessWhenCutShort) {
  std::vector<testing::SmallPassage> passages;
  for (PassageNumber number = 1; number <= 3000; ++number) {
    passages.push_back(
        {.number = number, .text = "word" + std::to_string(number * 7) + " common refund"});
  }
  const KeywordCorpus corpus({passages});
  const auto file = corpus.directories().front() / "keyword.glass";
  const auto whole = std::filesystem::file_size(file);

  for (int tenth = 9; tenth >= 0; --tenth) {
    std::filesystem::resize_file(file, whole * static_cast<std::uintmax_t>(tenth) / 10);
    const auto index = KeywordIndex::open(corpus.directories(), {});
    if (!index) {
      EXPECT_EQ(index.error().kind, ErrorKind::Corrupt) << tenth;
      continue;
    }
    const auto matches = index->search("common word7 word14 word20993", corpus.all(), 10);
    if (!matches) {
      EXPECT_EQ(matches.error().kind, ErrorKind::Corrupt) << tenth;
    }
  }
}

}  // namespace
}  // namespace freshet::index
