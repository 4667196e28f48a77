#include "index/segments/generation.h"

#include "base/files.h"
#include "index/segments/layout.h"
#include "index/segments/leftovers.h"

namespace freshet::index {

Result<Manifest> begin_write(const std::filesystem::path& index_directory,
                             std::size_t keep_generations) {
  FRESHET_TRY(std::optional<Manifest> current, read_current(index_directory));
  Manifest base = current ? *std::move(current) : Manifest{};
  FRESHET_CHECK(freshet::create_directories(segments_directory(index_directory)));
  FRESHET_CHECK(freshet::create_directories(generations_directory(index_directory)));
  FRESHET_CHECK(remove_leftovers(index_directory, base, keep_generations));
  return base;
}

Result<Done> hide_document(const Snapshot& snapshot, std::string_view id, Manifest& next) {
  FRESHET_TRY(const std::optional<StoredDocument> document, snapshot.document(id));
  if (!document || !next.live.contains(document->first)) return Done{};
  next.live.remove_range(document->first,
                         static_cast<PassageNumber>(document->first + document->count));
  --next.summary.documents;
  return Done{};
}

Result<GenerationSummary> make_live(const std::filesystem::path& index_directory,
                                    std::uint64_t current, Manifest next, const Clock& clock) {
  std::erase_if(next.segments, [&](const SegmentEntry& segment) {
    return next.live.count_in(segment.first, segment.end()) == 0;
  });
  next.summary.number = current + 1;
  next.summary.published_at = to_rfc3339(clock.now());
  next.count();
  FRESHET_TRY(const std::uint64_t checksum, write_manifest(index_directory, next));
  FRESHET_CHECK(write_current(index_directory, next.summary.number, checksum));
  return next.summary;
}

}  // namespace freshet::index
