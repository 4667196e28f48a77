#include "index/segments/snapshot.h"

#include <filesystem>

#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::content_of;
using testing::document;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using testing::IndexFixture;
using ::testing::IsEmpty;
using testing::Succeeds;

TEST(Snapshot, VisitsLiveDocumentsOfAllSegmentsById) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:b", 1), document("d:d", 1)}, {}, 1), Succeeds());
  ASSERT_THAT(index.publish({document("d:c", 1), document("d:a", 1), document("d:d", 2, 2)}, {}, 2),
              Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());
  std::vector<std::string> ids;

  ASSERT_THAT(snapshot->for_each_document([&](const StoredDocument& found) -> Result<Done> {
    ids.push_back(found.fields.id + " " + std::to_string(found.count));
    return Done{};
  }),
              Succeeds());

  EXPECT_THAT(ids, ElementsAre("d:a 1", "d:b 1", "d:c 1", "d:d 2"));
}

TEST(Snapshot, ReadsDeadPassagesAndKnowsNoNumbersOutside) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 1), document("d:b", 1)}, {}, 1), Succeeds());
  ASSERT_THAT(index.publish({document("d:a", 1, 2)}, {}, 2), Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());

  ASSERT_SUCCEEDS(const auto dead, snapshot->passage(1));

  EXPECT_EQ(dead.passage.text, "text d:a v1 p0");
  EXPECT_FALSE(snapshot->live().contains(1));
  EXPECT_THAT(snapshot->passage(0), FailsWith(ErrorKind::NotFound, HasSubstr("generation 2")));
  EXPECT_THAT(snapshot->passage(4), FailsWith(ErrorKind::NotFound, HasSubstr("passage 4")));
}

TEST(Snapshot, GoesOnWorkingAfterItsFilesAreUnlinked) {
  const IndexFixture index;
  ASSERT_THAT(index.publish({document("d:a", 2)}, {}, 1), Succeeds());
  ASSERT_SUCCEEDS(const auto snapshot, index.open());

  std::filesystem::remove_all(index.path());

  ASSERT_SUCCEEDS(const Content content, content_of(*snapshot));
  EXPECT_EQ(content.at("d:a").size(), 2U);
  EXPECT_THAT(
      snapshot->vector_segments()[0].search(std::vector<float>{1, 0, 0, 0}, snapshot->live(), 5),
      Succeeds());
}

TEST(Snapshot, NamesAMissingFile) {
  for (const char* name : {"passages.bin", "vectors.sq8", "keyword.glass", "header.json"}) {
    const IndexFixture index;
    ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
    std::filesystem::remove(index.path() / "segments/00000000000000000001" / name);
    EXPECT_THAT(Snapshot::open(index.path()), FailsWith(ErrorKind::Corrupt, HasSubstr(name)));
  }
}

TEST(SnapshotSource, GivesTheSameSnapshotUntilAGenerationIsPublished) {
  const IndexFixture index;
  SnapshotSource source(index.path());
  EXPECT_THAT(source.newest(), FailsWith(ErrorKind::NotFound, HasSubstr("nothing is published")));
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());

  ASSERT_SUCCEEDS(const auto first, source.newest());
  ASSERT_SUCCEEDS(const auto again, source.newest());
  ASSERT_THAT(index.publish({document("d:b", 1)}, {}, 2), Succeeds());
  ASSERT_SUCCEEDS(const auto second, source.newest());

  EXPECT_EQ(first.get(), again.get());
  EXPECT_EQ(first->summary().number, 1U);
  EXPECT_EQ(second->summary().number, 2U);
  EXPECT_THAT(source.last_problem(), IsEmpty());
}

TEST(SnapshotSource, GoesOnServingTheLastGoodGenerationAndSaysWhy) {
  const IndexFixture index;
  SnapshotSource source(index.path());
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());
  ASSERT_THAT(source.newest(), Succeeds());

  index.directory.write("index/CURRENT", "2 0000000000000000\n");

  ASSERT_SUCCEEDS(const auto snapshot, source.newest());
  EXPECT_EQ(snapshot->summary().number, 1U);
  EXPECT_THAT(source.last_problem(), HasSubstr("freshet rebuild"));
}

TEST(SnapshotSource, RecoversOnceCurrentIsSoundAgain) {
  const IndexFixture index;
  SnapshotSource source(index.path());
  index.directory.write("index/CURRENT", "nonsense");
  EXPECT_THAT(source.newest(), FailsWith(ErrorKind::Corrupt, HasSubstr("CURRENT")));
  std::filesystem::remove(index.path() / "CURRENT");
  ASSERT_THAT(index.publish({document("d:a", 1)}, {}, 1), Succeeds());

  EXPECT_THAT(source.newest(), Succeeds());
  EXPECT_THAT(source.last_problem(), IsEmpty());
}

}  // namespace
}  // namespace freshet::index
