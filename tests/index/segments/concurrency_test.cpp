#include <atomic>
#include <set>
#include <thread>

#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::document;
using testing::IndexFixture;
using testing::Succeeds;

std::vector<IndexedDocument> documents_of(unsigned version) {
  return {document("d:a", 1, version), document("d:b", 2, version), document("d:c", 1, version)};
}

/// Empty when what a query would see is of one generation only, else what is wrong.
std::string problem_in(const Snapshot& snapshot) {
  const std::vector<std::string> everyone{"public"};
  const auto allowed = snapshot.allowed(everyone, std::nullopt);
  if (!allowed) return allowed.error().message;
  std::set<std::string> versions;
  std::size_t hits_in_all = 0;
  for (const VectorSegment& segment : snapshot.vector_segments()) {
    const auto hits = segment.search(std::vector<float>{1, 0, 0, 0}, *allowed, 10);
    if (!hits) return hits.error().message;
    hits_in_all += hits->size();
    for (const auto& hit : *hits) {
      const auto passage = snapshot.passage(hit.number);
      if (!passage) return passage.error().message;
      versions.insert(passage->document.metadata.at("version"));
    }
  }
  if (versions.size() != 1) return "documents of several versions";
  if (*versions.begin() != std::to_string(snapshot.summary().ledger_sequence))
    return "another generation's documents";
  return hits_in_all == 4 ? "" : "some passages are missing";
}

TEST(Readers, SeeExactlyOneGenerationWhileOthersArePublished) {
  const IndexFixture index;
  ASSERT_THAT(index.publish(documents_of(1), {}, 1), Succeeds());
  SnapshotSource source(index.path());
  std::atomic<bool> finished{false};
  std::atomic<std::size_t> answers{0};
  std::vector<std::string> problems(3);
  std::vector<std::thread> readers;

  for (std::string& problem : problems) {
    readers.emplace_back([&source, &finished, &answers, &problem] {
      std::uint64_t last = 0;
      while (!finished && problem.empty()) {
        const auto snapshot = source.newest();
        problem = snapshot ? problem_in(**snapshot) : snapshot.error().message;
        if (snapshot && (*snapshot)->summary().number < last)
          problem = "an older generation than before";
        if (snapshot) last = (*snapshot)->summary().number;
        ++answers;
      }
    });
  }
  bool published = true;
  for (unsigned version = 2; version <= 101 && published; ++version) {
    published = index.publish(documents_of(version), {}, version).has_value();
    if (version % 10 == 0) {
      published = published &&
                  index.writer().merge(IndexWriter::MergeScope::All, Interruption()).has_value();
    }
  }
  finished = true;
  for (std::thread& reader : readers) reader.join();

  EXPECT_TRUE(published);
  for (const std::string& problem : problems) EXPECT_EQ(problem, "");
  EXPECT_EQ(source.last_problem(), "");
  EXPECT_GT(answers.load(), 100U);
}

}  // namespace
}  // namespace freshet::index
