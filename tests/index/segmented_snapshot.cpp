#include "tests/index/segmented_snapshot.h"

#include <filesystem>

#include "index/keyword/keyword_index.h"
#include "tests/support/result_matchers.h"

namespace freshet::testing {

std::shared_ptr<SegmentedSnapshot> SegmentedSnapshot::create(
    const index::Encoder& encoder, const std::vector<std::vector<FakeDocument>>& segments) {
  auto snapshot = std::make_shared<SegmentedSnapshot>();
  snapshot->summary_.identity = {encoder.id(), encoder.dimension(), "fingerprint"};
  for (const auto& documents : segments) snapshot->write_segment(encoder, documents);
  return snapshot;
}

void SegmentedSnapshot::write_segment(const index::Encoder& encoder,
                                      const std::vector<FakeDocument>& documents) {
  const auto directory = directory_ / std::to_string(directories_.size());
  std::filesystem::create_directories(directory);
  const auto first = next_passage();
  for (const FakeDocument& document : documents) {
    index::DocumentFields fields;
    fields.id = document.id;
    fields.language = "en";
    add(std::move(fields), document.passages);
  }
  ASSERT_SUCCEEDS(auto keyword, index::KeywordSegmentBuilder::create(directory));
  index::VectorSegmentBuilder vectors(directory, encoder.dimension(), first, 1000);
  for (auto entry = passages_.find(first); entry != passages_.end(); ++entry) {
    const auto& [number, stored] = *entry;
    const std::vector<std::string_view> texts{stored.passage.text};
    ASSERT_SUCCEEDS(const auto encoded,
                    encoder.encode(texts, index::TextRole::Passage, Interruption()));
    ASSERT_THAT(keyword.add(number, stored.document, stored.passage), Succeeds());
    ASSERT_THAT(vectors.add(encoded.front()), Succeeds());
  }
  ASSERT_THAT(keyword.finish(), Succeeds());
  ASSERT_THAT(vectors.finish(), Succeeds());
  ASSERT_SUCCEEDS(auto segment,
                  index::VectorSegment::open(directory, index::VectorSegment::Check::Everything));
  vectors_.push_back(std::move(segment));
  directories_.push_back(directory);
}

void SegmentedSnapshot::damage_keyword_files() const {
  for (const auto& directory : directories_) {
    std::filesystem::resize_file(directory / "keyword.glass", 5);
  }
}

Result<index::StoredPassage> SegmentedSnapshot::passage(index::PassageNumber number) const {
  if (lost_) return Error{ErrorKind::Corrupt, "cannot read passage " + std::to_string(number)};
  ++passages_read_;
  return FakeSnapshot::passage(number);
}

}  // namespace freshet::testing
