#include "index/segments/writer.h"

#include <map>
#include <string_view>

#include "base/files.h"
#include "index/segments/generation.h"
#include "index/segments/layout.h"
#include "index/segments/manifest.h"
#include "index/segments/open_snapshot.h"
#include "index/segments/segment_builder.h"

namespace freshet::index {

namespace {

/// Sorted, so that passage numbers follow document ids within a segment; of two the later stands.
using Upserts = std::map<std::string_view, const IndexedDocument*>;

Result<Done> check_request(const Manifest& base, const PublishRequest& request) {
  const IndexIdentity& now = base.summary.identity;
  if (base.summary.number != 0 && now != request.identity) {
    return Error{ErrorKind::Invalid,
                 "cannot publish: the index was built with another encoder or other passage "
                 "settings (" +
                     now.encoder_id + "); run `freshet rebuild`"};
  }
  if (request.ledger_sequence < base.summary.ledger_sequence) {
    return Error{ErrorKind::Invalid,
                 "cannot publish: the index already covers the ledger up to " +
                     std::to_string(base.summary.ledger_sequence) + ", not only to " +
                     std::to_string(request.ledger_sequence) + "; run `freshet rebuild`"};
  }
  return Done{};
}

Result<Upserts> sorted_upserts(const PublishRequest& request) {
  Upserts upserts;
  for (const IndexedDocument& document : request.upserts) {
    if (document.fields.id.empty())
      return Error{ErrorKind::Invalid, "cannot publish a document without an id"};
    upserts[document.fields.id] = &document;
  }
  return upserts;
}

Result<Done> hide_all(const std::filesystem::path& directory, const Manifest& base,
                      const std::vector<std::string_view>& ids, Manifest& next) {
  if (base.segments.empty()) return Done{};
  FRESHET_TRY(const auto snapshot, OpenSnapshot::open(directory, base, Snapshot::Check::Headers));
  for (const std::string_view id : ids) FRESHET_CHECK(hide_document(*snapshot, id, next));
  return Done{};
}

/// Builds a segment out of the documents that have passages, and puts it into `next`.
Result<Done> add_segment(const std::filesystem::path& directory, std::size_t graph_threshold,
                         const Upserts& upserts, Manifest& next) {
  std::size_t documents = 0;
  for (const auto& [id, document] : upserts) documents += document->passages.empty() ? 0 : 1;
  if (documents == 0) return Done{};
  FRESHET_TRY(SegmentBuilder builder,
              SegmentBuilder::create({directory, next.next_segment, next.next_passage,
                                      next.summary.identity, graph_threshold}));
  for (const auto& [id, document] : upserts) {
    if (document->passages.empty()) continue;
    FRESHET_CHECK(builder.add(document->fields, document->passages, document->vectors));
  }
  FRESHET_TRY(const SegmentEntry entry, builder.finish());
  next.add(entry);
  next.summary.documents += documents;
  return Done{};
}

}  // namespace

IndexWriter::IndexWriter(std::filesystem::path index_directory, config::IndexSettings settings,
                         const Clock& clock)
    : directory_(std::move(index_directory)), settings_(settings), clock_(&clock) {}

Result<GenerationSummary> IndexWriter::current() const {
  FRESHET_TRY(const std::optional<Manifest> manifest, read_current(directory_));
  return manifest ? manifest->summary : GenerationSummary{};
}

Result<GenerationSummary> IndexWriter::publish(const PublishRequest& request) {
  FRESHET_TRY(const Manifest base, begin_write(directory_, settings_.keep_generations));
  FRESHET_CHECK(check_request(base, request));
  FRESHET_TRY(const Upserts upserts, sorted_upserts(request));
  std::vector<std::string_view> replaced(request.removals.begin(), request.removals.end());
  for (const auto& [id, document] : upserts) replaced.push_back(id);

  Manifest next = base;
  next.summary.identity = request.identity;
  next.summary.ledger_sequence = request.ledger_sequence;
  FRESHET_CHECK(hide_all(directory_, base, replaced, next));
  FRESHET_CHECK(add_segment(directory_, settings_.graph_threshold, upserts, next));

  const bool changed = base.summary.number == 0 || !(next.live == base.live) ||
                       request.ledger_sequence != base.summary.ledger_sequence;
  if (!changed) return base.summary;
  request.before_switch();
  return make_live(directory_, base.summary.number, std::move(next), *clock_);
}

Result<std::vector<GenerationSummary>> IndexWriter::generations() const {
  FRESHET_TRY(const std::optional<Manifest> current, read_current(directory_));
  FRESHET_TRY(const std::vector<std::uint64_t> numbers, list_manifests(directory_));
  std::vector<GenerationSummary> summaries;
  for (const std::uint64_t number : numbers) {
    if (!current || number > current->summary.number) continue;
    FRESHET_TRY(const Manifest manifest, read_manifest(directory_, number));
    summaries.push_back(manifest.summary);
  }
  return summaries;
}

Result<GenerationSummary> IndexWriter::reset(const IndexIdentity& identity,
                                             std::uint64_t generation_number) {
  FRESHET_TRY(const Manifest base, begin_write(directory_, settings_.keep_generations));
  if (generation_number <= base.summary.number) {
    return Error{ErrorKind::Invalid, "cannot start again at generation " +
                                         std::to_string(generation_number) + ": the index is at " +
                                         std::to_string(base.summary.number)};
  }
  Manifest next;
  next.next_passage = base.next_passage;
  next.next_segment = base.next_segment;
  next.summary.identity = identity;
  return make_live(directory_, generation_number - 1, std::move(next), *clock_);
}

}  // namespace freshet::index
