#include "index/evaluation/dataset.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "index/evaluation/evaluate.h"
#include "index/evaluation/gzip.h"
#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::SizeIs;
using testing::TemporaryDirectory;
using ::testing::UnorderedElementsAre;

constexpr const char* kCorpus =
    "{\"_id\": \"d1\", \"title\": \"One\", \"text\": \"first\"}\n\n{\"_id\": \"d2\", \"text\": "
    "\"second\"}\r\n";
constexpr const char* kQueries =
    "{\"_id\": \"q1\", \"text\": \"one?\", \"metadata\": {\"exclude\": \"d2\"}}\n"
    "{\"_id\": \"q2\", \"text\": \"unjudged\"}\n{\"_id\": \"q3\", \"text\": \"three\"}\n";

void write_gzip(const std::filesystem::path& path, const std::string& text) {
  const gzFile file = gzopen(path.c_str(), "wb");
  ASSERT_NE(file, nullptr);
  EXPECT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())),
            static_cast<int>(text.size()));
  EXPECT_EQ(gzclose(file), Z_OK);
}

TEST(Dataset, ReadsDocumentsJudgedQueriesAndGains) {
  const TemporaryDirectory directory;
  directory.write("corpus.jsonl", kCorpus);
  directory.write("queries.jsonl", kQueries);
  directory.write("qrels/test.tsv",
                  "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq3\td2\t1\n");
  directory.write("qrels/train.tsv", "query-id\tcorpus-id\tscore\nq2\td1\t1\n");

  ASSERT_SUCCEEDS(const auto dataset, read_dataset(directory.path()));

  ASSERT_THAT(dataset.documents, SizeIs(2));
  EXPECT_EQ(dataset.documents[0].title, "One");
  EXPECT_EQ(dataset.documents[1].text, "second");
  ASSERT_THAT(dataset.queries, SizeIs(2));
  EXPECT_EQ(dataset.queries[0].exclude, "d2");
  EXPECT_THAT(dataset.queries[0].judgements, UnorderedElementsAre(Pair("d1", 2.0)));
  EXPECT_EQ(dataset.queries[1].id, "q3");
}

TEST(Dataset, JoinsAllJudgementsWithoutATestFileAndReadsGzip) {
  const TemporaryDirectory directory;
  write_gzip(directory / "corpus.jsonl.gz", kCorpus);
  directory.write("queries.jsonl", kQueries);
  directory.write("qrels/a.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
  directory.write("qrels/b.tsv", "query-id\tcorpus-id\tscore\nq2\td2\t1\n");

  ASSERT_SUCCEEDS(const auto dataset, read_dataset(directory.path()));

  EXPECT_THAT(dataset.documents, SizeIs(2));
  EXPECT_THAT(dataset.queries, SizeIs(2));
}

TEST(Dataset, NamesFileAndLineOfWhatIsMalformed) {
  const TemporaryDirectory directory;
  directory.write("corpus.jsonl", kCorpus);
  directory.write("queries.jsonl", "{\"_id\": \"q1\", \"text\": \"x\"}\n{\"_id\": 7}\n");
  directory.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n");
  EXPECT_THAT(
      read_dataset(directory.path()),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("queries.jsonl"), HasSubstr("line 2"))));

  directory.write("queries.jsonl", kQueries);
  for (const char* bad : {"q1 d1 1\n", "q1\td1\n", "q1\td1\tmany\n", "q1\td1\t1x\n"}) {
    directory.write("qrels/test.tsv", bad);
    EXPECT_THAT(read_dataset(directory.path()),
                FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("test.tsv"), HasSubstr("line 1"))))
        << bad;
  }
}

TEST(Dataset, SaysWhatIsMissing) {
  const TemporaryDirectory directory;
  EXPECT_THAT(read_dataset(directory.path()),
              FailsWith(ErrorKind::NotFound, HasSubstr("corpus.jsonl")));

  directory.write("corpus.jsonl", kCorpus);
  directory.write("queries.jsonl", kQueries);
  EXPECT_THAT(read_dataset(directory.path()), FailsWith(ErrorKind::NotFound, HasSubstr("qrels")));
}

TEST(Gzip, RefusesWhatIsDamagedCutShortOrTooMuch) {
  const TemporaryDirectory directory;
  const auto file = directory / "a.gz";
  write_gzip(file, std::string(100000, 'a'));

  EXPECT_THAT(read_gzip_file(file, 99999), FailsWith(ErrorKind::Invalid, HasSubstr("more than")));
  ASSERT_SUCCEEDS(const auto whole, read_gzip_file(file));
  EXPECT_EQ(whole, std::string(100000, 'a'));
  std::filesystem::resize_file(file, std::filesystem::file_size(file) - 9);
  EXPECT_THAT(read_gzip_file(file), FailsWith(ErrorKind::Invalid, HasSubstr("cut short")));
  EXPECT_THAT(read_gzip_file(directory.write("b.gz", "no gzip at all")),
              FailsWith(ErrorKind::Invalid, HasSubstr("no valid gzip")));
  EXPECT_THAT(read_gzip_file(directory.write("c.gz", "")),
              FailsWith(ErrorKind::Invalid, HasSubstr("c.gz")));
}

TEST(Evaluate, LeavesOutTheExcludedDocument) {
  JudgedDataset dataset{"set", {}, {{"q1", "text", "itself", {{"a", 1}}}}};
  const Ranker ranker = [](const JudgedQuery&) -> Result<std::vector<std::string>> {
    return std::vector<std::string>{"itself", "a"};
  };

  ASSERT_SUCCEEDS(const auto metrics, evaluate_ranker(dataset, ranker, Interruption()));

  EXPECT_EQ(metrics.mrr10, 1);
}

TEST(Evaluate, SaysWhichQueryFailed) {
  JudgedDataset dataset{"set", {}, {{"q1", "text", "", {{"a", 1}}}}};
  const Ranker ranker = [](const JudgedQuery&) -> Result<std::vector<std::string>> {
    return Error{ErrorKind::Unavailable, "no encoder"};
  };

  EXPECT_THAT(evaluate_ranker(dataset, ranker, Interruption()),
              FailsWith(ErrorKind::Unavailable, HasSubstr("q1")));
}

}  // namespace
}  // namespace freshet::index
