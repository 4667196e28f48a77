#include "tests/index/fake_snapshot.h"

#include "index/keyword/keyword_index.h"
#include "tests/support/result_matchers.h"

namespace freshet::testing {

std::shared_ptr<FakeSnapshot> FakeSnapshot::create(
    const index::Encoder& encoder, const std::vector<std::vector<FakeDocument>>& segments) {
  auto snapshot = std::make_shared<FakeSnapshot>();
  snapshot->summary_.number = 7;
  snapshot->summary_.published_at = "2026-11-21T10:00:00Z";
  snapshot->summary_.identity = {encoder.id(), encoder.dimension(), "fingerprint"};
  for (const auto& documents : segments) snapshot->write_segment(encoder, documents);
  return snapshot;
}

void FakeSnapshot::write_segment(const index::Encoder& encoder,
                                 const std::vector<FakeDocument>& documents) {
  const auto directory = directory_ / std::to_string(directories_.size());
  std::filesystem::create_directories(directory);
  const auto first = static_cast<index::PassageNumber>(passages_.size() + 1);
  ASSERT_SUCCEEDS(auto keyword, index::KeywordSegmentBuilder::create(directory));
  index::VectorSegmentBuilder vectors(directory, encoder.dimension(), first, 1000);
  for (const FakeDocument& document : documents) {
    for (std::size_t ordinal = 0; ordinal < document.passages.size(); ++ordinal) {
      const auto number = static_cast<index::PassageNumber>(passages_.size() + 1);
      index::StoredPassage stored;
      stored.document.id = document.id;
      stored.document.language = "en";
      stored.passage.ordinal = ordinal;
      stored.passage.text = document.passages[ordinal];
      const std::vector<std::string_view> texts{stored.passage.text};
      ASSERT_SUCCEEDS(const auto encoded,
                      encoder.encode(texts, index::TextRole::Passage, Interruption()));
      ASSERT_THAT(keyword.add(number, stored.document, stored.passage), Succeeds());
      ASSERT_THAT(vectors.add(encoded.front()), Succeeds());
      passages_.emplace(number, std::move(stored));
      live_.add(number);
    }
  }
  ASSERT_THAT(keyword.finish(), Succeeds());
  ASSERT_THAT(vectors.finish(), Succeeds());
  ASSERT_SUCCEEDS(auto segment,
                  index::VectorSegment::open(directory, index::VectorSegment::Check::Everything));
  vectors_.push_back(std::move(segment));
  directories_.push_back(directory);
}

void FakeSnapshot::forbid(const std::string& document_id) {
  for (const auto& [number, stored] : passages_) {
    if (stored.document.id == document_id) live_.remove(number);
  }
}

void FakeSnapshot::damage_keyword_files() const {
  for (const auto& directory : directories_) {
    std::filesystem::resize_file(directory / "keyword.glass", 5);
  }
}

Result<index::PassageSet> FakeSnapshot::allowed(std::span<const std::string>,
                                                const std::optional<index::Filter>&) const {
  return live_;
}

Result<index::StoredPassage> FakeSnapshot::passage(index::PassageNumber number) const {
  if (lost_) return Error{ErrorKind::Corrupt, "cannot read passage " + std::to_string(number)};
  ++passages_read_;
  return passages_.at(number);
}

Result<std::optional<index::StoredDocument>> FakeSnapshot::document(std::string_view) const {
  return std::optional<index::StoredDocument>();
}

Result<Done> FakeSnapshot::for_each_document(
    const std::function<Result<Done>(const index::StoredDocument&)>&) const {
  return Done{};
}

}  // namespace freshet::testing
