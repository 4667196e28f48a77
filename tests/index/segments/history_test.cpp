#include <random>

#include "tests/index/segments/index_fixture.h"

namespace freshet::index {
namespace {

using testing::Content;
using testing::content_of;
using testing::document;
using testing::IndexFixture;
using testing::Succeeds;
using testing::texts_of;

/// Does random things to an index and to a plain map, and compares.
class History {
 public:
  explicit History(unsigned seed) : random_(seed) {}

  void step() {
    switch (random_() % 10) {
      case 1:
        return roll_back();
      case 2:
        return merge(IndexWriter::MergeScope::All);
      case 3:
        return merge(IndexWriter::MergeScope::WhenDue);
      default:
        return publish();
    }
  }

  void expect_equal() {
    ASSERT_SUCCEEDS(const auto snapshot, index_.open());
    ASSERT_SUCCEEDS(const Content content, content_of(*snapshot));
    ASSERT_EQ(content, model_);
    std::uint64_t passages = 0;
    for (const auto& [id, texts] : model_) passages += texts.size();
    const GenerationSummary& summary = snapshot->summary();
    EXPECT_EQ(summary.documents, model_.size());
    EXPECT_EQ(summary.live_passages, passages);
    EXPECT_EQ(snapshot->live().size(), passages);
    EXPECT_EQ(summary.ledger_sequence, sequence_);
    history_[summary.number] = {model_, sequence_};
    expect_documents(*snapshot);
  }

  void publish() {
    std::vector<IndexedDocument> upserts;
    std::vector<std::string> removals;
    Content changed = model_;
    for (auto left = random_() % 3; left > 0; --left) removals.push_back(any_id());
    for (const auto& id : removals) changed.erase(id);
    for (auto left = random_() % 4; left > 0; --left) {
      upserts.push_back(document(any_id(), random_() % 4, ++version_));
      changed[upserts.back().fields.id] = texts_of(upserts.back());
      if (upserts.back().passages.empty()) changed.erase(upserts.back().fields.id);
    }
    ASSERT_THAT(index_.publish(upserts, removals, ++sequence_), Succeeds());
    model_ = changed;
  }

 private:
  std::string any_id() { return "d:" + std::to_string(random_() % 12); }

  void roll_back() {
    ASSERT_SUCCEEDS(const auto generations, index_.writer().generations());
    if (generations.empty()) return;
    const std::uint64_t number = generations[random_() % generations.size()].number;
    const auto result = index_.writer().rollback(number, testing::unrevised);
    // Starting a write drops the generations beyond those to keep.
    if (!result && result.error().kind == ErrorKind::NotFound &&
        number == generations.front().number)
      return;
    ASSERT_THAT(result, Succeeds());
    model_ = history_.at(number).first;
    sequence_ = history_.at(number).second;
  }

  void merge(IndexWriter::MergeScope scope) {
    ASSERT_THAT(index_.writer().merge(scope, Interruption()), Succeeds());
  }

  void expect_documents(const Snapshot& snapshot) const {
    for (int i = 0; i < 12; ++i) {
      const std::string id = "d:" + std::to_string(i);
      ASSERT_SUCCEEDS(const auto found, snapshot.document(id));
      EXPECT_EQ(found.has_value(), model_.contains(id)) << id;
      if (found) {
        EXPECT_EQ(found->count, model_.at(id).size());
      }
    }
  }

  std::mt19937 random_;
  IndexFixture index_;
  Content model_;
  std::map<std::uint64_t, std::pair<Content, std::uint64_t>> history_;
  std::uint64_t sequence_ = 0;
  unsigned version_ = 0;
};

class RandomHistory : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomHistory, LeavesTheIndexEqualToAPlainMap) {
  History history(GetParam());
  history.publish();
  for (int step = 0; step < 60; ++step) {
    history.expect_equal();
    history.step();
    if (HasFatalFailure()) FAIL() << "at step " << step;
  }
  history.expect_equal();
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistory, ::testing::Values(1U, 2U, 3U, 4U));

}  // namespace
}  // namespace freshet::index
