#include <numeric>

#include "index/segments/generation.h"
#include "index/segments/merge_policy.h"
#include "index/segments/open_snapshot.h"
#include "index/segments/segment_builder.h"
#include "index/segments/writer.h"

namespace freshet::index {

namespace {

std::vector<SegmentLoad> loads_of(const Manifest& manifest) {
  std::vector<SegmentLoad> loads;
  for (const SegmentEntry& segment : manifest.segments) {
    loads.push_back({segment.passages, manifest.live.count_in(segment.first, segment.end())});
  }
  return loads;
}

/// A lone segment without dead passages is what merging it would give.
std::vector<std::size_t> all_segments(const Manifest& manifest) {
  std::vector<std::size_t> places(manifest.segments.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (places.size() == 1 && manifest.summary.dead_passages == 0) places.clear();
  return places;
}

/// Writes the live documents of the chosen segments as one segment.
Result<SegmentEntry> write_merged(const OpenSnapshot& snapshot, std::span<const std::size_t> chosen,
                                  SegmentBuilder builder, const Interruption& interruption) {
  FRESHET_CHECK(snapshot.for_each_document_in(
      chosen, [&](std::size_t segment, const StoredDocument& document) -> Result<Done> {
        if (interruption.due()) {
          return Error{ErrorKind::Interrupted, "the merge was stopped; the index is as it was"};
        }
        return snapshot.copy_document(segment, document, document.fields, builder);
      }));
  return builder.finish();
}

}  // namespace

Result<MergeReport> IndexWriter::merge(MergeScope scope, const Interruption& interruption) {
  FRESHET_TRY(const Manifest base, begin_write(directory_, settings_.keep_generations));
  MergeReport report{base.segments.size(), base.segments.size(), 0, base.summary};
  const std::vector<std::size_t> chosen =
      scope == MergeScope::All ? all_segments(base)
                               : segments_due(loads_of(base), settings_.merge_factor);
  if (chosen.empty()) return report;

  FRESHET_TRY(const auto snapshot,
              OpenSnapshot::open(directory_, base, Snapshot::Check::Everything));
  FRESHET_TRY(SegmentBuilder builder,
              SegmentBuilder::create({directory_, base.next_segment, base.next_passage,
                                      base.summary.identity, settings_.graph_threshold}));
  FRESHET_TRY(const SegmentEntry merged,
              write_merged(*snapshot, chosen, std::move(builder), interruption));
  Manifest next = base;
  for (const std::size_t place : chosen) {
    next.live.remove_range(base.segments[place].first, base.segments[place].end());
    report.dead_passages_dropped += base.segments[place].passages;
  }
  report.dead_passages_dropped -= merged.passages;
  next.add(merged);
  FRESHET_TRY(report.generation,
              make_live(directory_, base.summary.number, std::move(next), *clock_));
  report.segments_after = report.generation.segments;
  return report;
}

}  // namespace freshet::index
