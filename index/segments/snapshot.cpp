#include "index/segments/snapshot.h"

#include <algorithm>
#include <numeric>
#include <queue>

#include "index/segments/filter_evaluation.h"
#include "index/segments/generation.h"
#include "index/segments/hidden_documents.h"
#include "index/segments/layout.h"
#include "index/segments/open_snapshot.h"

namespace freshet::index {

namespace {

/// How often opening starts again because a writer published and cleaned up meanwhile.
constexpr int kAttempts = 3;

/// The live documents of some segments, merged by id.
class DocumentsById {
 public:
  DocumentsById(const std::vector<Segment>& segments, const PassageSet& live)
      : segments_(&segments), live_(&live) {}

  Result<Done> push(std::size_t segment, std::size_t place) {
    if (place == (*segments_)[segment].document_count()) return Done{};
    FRESHET_TRY(const std::string_view id, (*segments_)[segment].document_id(place));
    next_.push({id, segment, place});
    return Done{};
  }

  Result<Done> visit(const std::function<Result<Done>(std::size_t, const StoredDocument&)>& visit) {
    while (!next_.empty()) {
      const Next here = next_.top();
      next_.pop();
      FRESHET_CHECK(push(here.segment, here.place + 1));
      FRESHET_TRY(const StoredDocument document, (*segments_)[here.segment].document(here.place));
      if (live_->contains(document.first)) FRESHET_CHECK(visit(here.segment, document));
    }
    return Done{};
  }

 private:
  struct Next {
    std::string_view id;
    std::size_t segment = 0;
    std::size_t place = 0;
    bool operator<(const Next& other) const {  // For a heap with the smallest id on top.
      return id != other.id ? id > other.id : segment > other.segment;
    }
  };

  const std::vector<Segment>* segments_;
  const PassageSet* live_;
  std::priority_queue<Next> next_;
};

}  // namespace

Result<std::shared_ptr<OpenSnapshot>> OpenSnapshot::open(
    const std::filesystem::path& index_directory, Manifest manifest, Check check) {
  auto snapshot = std::make_shared<OpenSnapshot>();
  for (const SegmentEntry& entry : manifest.segments) {
    FRESHET_TRY(Segment segment, Segment::open(index_directory, entry, check));
    const std::filesystem::path directory = segment_directory(index_directory, entry.id);
    // Segment::open has read every byte already, where that was asked for.
    FRESHET_TRY(VectorSegment vectors,
                VectorSegment::open(directory, VectorSegment::Check::Headers));
    if (vectors.first_number() != entry.first || vectors.size() != entry.passages) {
      return damaged_file(directory, "its vectors do not fit its passages");
    }
    snapshot->segments_.push_back(std::move(segment));
    snapshot->vectors_.push_back(std::move(vectors));
    snapshot->directories_.push_back(directory);
  }
  snapshot->manifest_ = std::move(manifest);
  return snapshot;
}

Result<Done> OpenSnapshot::hide(std::span<const std::string> ids) {
  for (const std::string& id : ids) FRESHET_CHECK(hide_document(*this, id, manifest_));
  manifest_.count();
  return Done{};
}

Result<PassageSet> OpenSnapshot::allowed(std::span<const std::string> principals,
                                         const std::optional<Filter>& filter) const {
  PassageSet allowed;
  PassageSet denied;
  std::vector<const FieldIndex*> fields;
  for (const Segment& segment : segments_) {
    fields.push_back(&segment.fields());
    for (const std::string& principal : principals) {
      FRESHET_CHECK(segment.fields().collect_equal(FieldKind::Allow, "", principal, allowed));
      FRESHET_CHECK(segment.fields().collect_equal(FieldKind::Deny, "", principal, denied));
    }
  }
  allowed &= manifest_.live;
  allowed -= denied;
  if (filter) {
    FRESHET_TRY(const PassageSet matching, evaluate_filter(*filter, fields, manifest_.live));
    allowed &= matching;
  }
  return allowed;
}

Result<StoredPassage> OpenSnapshot::passage(PassageNumber number) const {
  for (const Segment& segment : segments_) {
    if (number >= segment.entry().first && number < segment.entry().end())
      return segment.passage(number);
  }
  return Error{ErrorKind::NotFound, "there is no passage " + std::to_string(number) +
                                        " in generation " +
                                        std::to_string(manifest_.summary.number)};
}

Result<std::optional<StoredDocument>> OpenSnapshot::document(std::string_view id) const {
  for (auto segment = segments_.rbegin(); segment != segments_.rend(); ++segment) {
    FRESHET_TRY(std::optional<StoredDocument> found, segment->find(id));
    if (found && manifest_.live.contains(found->first)) return found;
  }
  return std::optional<StoredDocument>{};
}

Result<Done> OpenSnapshot::for_each_document_in(
    std::span<const std::size_t> chosen,
    const std::function<Result<Done>(std::size_t segment, const StoredDocument&)>& visit) const {
  DocumentsById documents(segments_, manifest_.live);
  for (const std::size_t segment : chosen) FRESHET_CHECK(documents.push(segment, 0));
  return documents.visit(visit);
}

Result<Done> OpenSnapshot::copy_document(std::size_t segment, const StoredDocument& document,
                                         const DocumentFields& fields,
                                         SegmentBuilder& builder) const {
  std::vector<Passage> passages;
  std::vector<std::vector<float>> vectors;
  for (std::size_t i = 0; i < document.count; ++i) {
    const auto number = static_cast<PassageNumber>(document.first + i);
    FRESHET_TRY(Passage passage, segments_[segment].passage_alone(number));
    passages.push_back(std::move(passage));
    vectors.push_back(vectors_[segment].vector(number));
  }
  return builder.add(fields, passages, vectors);
}

Result<Done> OpenSnapshot::for_each_document(
    const std::function<Result<Done>(const StoredDocument&)>& visit) const {
  std::vector<std::size_t> all(segments_.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return for_each_document_in(
      all, [&](std::size_t, const StoredDocument& document) { return visit(document); });
}

Result<std::shared_ptr<const Snapshot>> Snapshot::open(const std::filesystem::path& index_directory,
                                                       Check check) {
  std::uint64_t failed_generation = 0;
  for (int attempt = 1;; ++attempt) {
    FRESHET_TRY(std::optional<Manifest> manifest, read_current(index_directory));
    if (!manifest) {
      return Error{ErrorKind::NotFound, "nothing is published under " + index_directory.string() +
                                            "; run `freshet sync`"};
    }
    const std::uint64_t generation = manifest->summary.number;
    FRESHET_TRY(const auto hidden, hidden_documents(index_directory, manifest->summary));
    auto opened = OpenSnapshot::open(index_directory, *std::move(manifest), check);
    if (opened) {
      FRESHET_CHECK((*opened)->hide(hidden));
      return std::shared_ptr<const Snapshot>(*std::move(opened));
    }
    if (attempt == kAttempts || generation == failed_generation) return opened.error();
    failed_generation = generation;
  }
}

}  // namespace freshet::index
