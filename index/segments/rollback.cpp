#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include "index/segments/generation.h"
#include "index/segments/open_snapshot.h"
#include "index/segments/segment_builder.h"
#include "index/segments/writer.h"

namespace freshet::index {

namespace {

Result<Manifest> read_kept(const std::filesystem::path& directory, std::uint64_t generation) {
  auto kept = read_manifest(directory, generation);
  if (kept || kept.error().kind != ErrorKind::NotFound) return kept;
  return Error{ErrorKind::NotFound,
               "cannot roll back to generation " + std::to_string(generation) +
                   ": it is not kept; `freshet rollback` lists those that are"};
}

/// A generation on its way back: principals are in immutable segments, so documents whose
/// principals changed are written anew.
class Revision {
 public:
  Revision(const OpenSnapshot& snapshot, Manifest& next, const IndexWriter::Revise& revise)
      : snapshot_(snapshot), next_(next), revise_(revise) {}

  Result<Done> run(const std::filesystem::path& directory, std::size_t graph_threshold) {
    plan_ = {directory, next_.next_segment, next_.next_passage, next_.summary.identity,
             graph_threshold};
    std::vector<std::size_t> all(snapshot_.segments().size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    FRESHET_CHECK(snapshot_.for_each_document_in(
        all, [this](std::size_t segment, const StoredDocument& stored) {
          return visit(segment, stored);
        }));
    if (!builder_) return Done{};
    FRESHET_TRY(const SegmentEntry entry, builder_->finish());
    next_.add(entry);
    next_.summary.documents += rewritten_;
    return Done{};
  }

 private:
  Result<Done> visit(std::size_t segment, const StoredDocument& stored) {
    DocumentFields fields = stored.fields;
    FRESHET_TRY(const bool shown, revise_(fields));
    if (shown && fields.allow == stored.fields.allow && fields.deny == stored.fields.deny)
      return Done{};
    FRESHET_CHECK(hide_document(snapshot_, fields.id, next_));
    if (!shown) return Done{};
    if (!builder_) {
      FRESHET_TRY(builder_, SegmentBuilder::create(plan_));
    }
    ++rewritten_;
    return snapshot_.copy_document(segment, stored, fields, *builder_);
  }

  const OpenSnapshot& snapshot_;
  Manifest& next_;
  const IndexWriter::Revise& revise_;
  SegmentPlan plan_;
  std::optional<SegmentBuilder> builder_;
  std::uint64_t rewritten_ = 0;
};

}  // namespace

Result<GenerationSummary> IndexWriter::rollback(std::uint64_t to_generation, const Revise& revise) {
  // Keeps all there are: one generation less might be the one asked for.
  FRESHET_TRY(const Manifest base,
              begin_write(directory_, std::numeric_limits<std::size_t>::max()));
  if (to_generation == base.summary.number && to_generation != 0) return base.summary;
  FRESHET_TRY(Manifest next, read_kept(directory_, to_generation));
  FRESHET_TRY(const auto snapshot, OpenSnapshot::open(directory_, next, Snapshot::Check::Headers));
  next.next_passage = std::max(next.next_passage, base.next_passage);
  next.next_segment = std::max(next.next_segment, base.next_segment);
  FRESHET_CHECK(Revision(*snapshot, next, revise).run(directory_, settings_.graph_threshold));
  return make_live(directory_, base.summary.number, std::move(next), *clock_);
}

}  // namespace freshet::index
