#include "index/segments/hidden_documents.h"

#include "base/files.h"
#include "index/segments/layout.h"
#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::document;
using ::testing::ElementsAre;
using testing::IndexFixture;
using ::testing::IsEmpty;
using testing::Succeeds;

/// An index of two documents that covers change 5.
class HiddenDocuments : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_THAT(index_.publish({document("d:a", 2), document("d:b", 1)}, {}, 5), Succeeds());
  }

  void hide(const std::string& id, std::uint64_t sequence, const std::string& ledger = "") {
    const std::vector<HiddenDocument> hidden{{id, ledger, sequence}};
    ASSERT_THAT(hide_documents(index_.path(), hidden), Succeeds());
  }

  std::vector<std::string> shown() {
    std::vector<std::string> ids;
    const auto content = index_.content();
    EXPECT_THAT(content, Succeeds());
    if (content) {
      for (const auto& [id, texts] : *content) ids.push_back(id);
    }
    return ids;
  }

  IndexFixture index_;
};

TEST_F(HiddenDocuments, AreLeftOutUntilAGenerationCoversTheChange) {
  hide("d:a", 7);

  EXPECT_THAT(shown(), ElementsAre("d:b"));
  ASSERT_THAT(index_.publish({document("d:a", 1), document("d:c", 1)}, {}, 6), Succeeds());
  EXPECT_THAT(shown(), ElementsAre("d:b", "d:c"));
  ASSERT_THAT(index_.publish({document("d:a", 1)}, {}, 7), Succeeds());
  EXPECT_THAT(shown(), ElementsAre("d:a", "d:b", "d:c"));
}

TEST_F(HiddenDocuments, AreInNoPartOfASnapshot) {
  hide("d:a", 7);

  ASSERT_SUCCEEDS(const auto snapshot, index_.open());

  EXPECT_EQ(snapshot->summary().documents, 1U);
  EXPECT_EQ(snapshot->summary().live_passages, 1U);
  EXPECT_EQ(snapshot->live().size(), 1U);
  ASSERT_SUCCEEDS(const auto found, snapshot->document("d:a"));
  EXPECT_FALSE(found.has_value());
  const std::vector<std::string> everybody{"public"};
  ASSERT_SUCCEEDS(const auto allowed, snapshot->allowed(everybody, std::nullopt));
  EXPECT_EQ(allowed.size(), 1U);
}

TEST_F(HiddenDocuments, AreNoticedByAReaderWithoutANewGeneration) {
  SnapshotSource source(index_.path());
  ASSERT_SUCCEEDS(const auto before, source.newest());
  ASSERT_EQ(before->live().size(), 3U);

  hide("d:a", 7);

  ASSERT_SUCCEEDS(const auto after, source.newest());
  EXPECT_EQ(after->live().size(), 1U);
  ASSERT_SUCCEEDS(const auto again, source.newest());
  EXPECT_EQ(again, after);
}

TEST_F(HiddenDocuments, StayHiddenThroughAMerge) {
  ASSERT_THAT(index_.publish({document("d:c", 1)}, {}, 6), Succeeds());
  hide("d:a", 7);

  ASSERT_THAT(index_.writer().merge(IndexWriter::MergeScope::All, Interruption()), Succeeds());

  EXPECT_THAT(shown(), ElementsAre("d:b", "d:c"));
}

TEST_F(HiddenDocuments, OfAnotherLedgerAreNotMeant) {
  hide("d:a", 7, "another");

  EXPECT_THAT(shown(), ElementsAre("d:a", "d:b"));
}

TEST_F(HiddenDocuments, ALineThatACrashCutOffHarmsNoOther) {
  hide("d:b", 7);
  ASSERT_THAT(append_to_file(hidden_documents_path(index_.path()), "\n{\"id\": \"d:"), Succeeds());
  hide("d:a", 7);

  EXPECT_THAT(shown(), IsEmpty());
}

TEST_F(HiddenDocuments, MayHaveAnyNameThatADocumentCanHave) {
  const std::string odd = "d:line\nbreak \"quoted\" \\ \u00e9.md";
  ASSERT_THAT(index_.publish({document(odd, 1)}, {}, 6), Succeeds());

  hide(odd, 7);

  EXPECT_THAT(shown(), ElementsAre("d:a", "d:b"));
}

}  // namespace
}  // namespace freshet::index
