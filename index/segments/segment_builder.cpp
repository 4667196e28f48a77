#include "index/segments/segment_builder.h"

#include <limits>

#include "base/files.h"
#include "index/new_file.h"
#include "index/segments/layout.h"
#include "index/segments/segment.h"
#include "index/segments/segment_header.h"
#include "index/segments/stored_fields.h"

namespace freshet::index {

SegmentBuilder::SegmentBuilder(SegmentPlan plan, std::filesystem::path directory,
                               KeywordSegmentBuilder keyword)
    : plan_(std::move(plan)),
      directory_(std::move(directory)),
      keyword_(std::move(keyword)),
      vectors_(directory_, plan_.identity.dimension, plan_.first, plan_.graph_threshold) {}

Result<SegmentBuilder> SegmentBuilder::create(SegmentPlan plan) {
  std::filesystem::path directory = unfinished_segment_directory(plan.index_directory, plan.id);
  FRESHET_CHECK(freshet::create_directories(directory));
  FRESHET_TRY(KeywordSegmentBuilder keyword, KeywordSegmentBuilder::create(directory));
  return SegmentBuilder(std::move(plan), std::move(directory), std::move(keyword));
}

Result<Done> SegmentBuilder::add(const DocumentFields& fields, std::span<const Passage> passages,
                                 std::span<const std::vector<float>> vectors) {
  if (passages.size() != vectors.size()) {
    return Error{ErrorKind::Invalid, "cannot index " + fields.id + ": it has " +
                                         std::to_string(passages.size()) + " passages but " +
                                         std::to_string(vectors.size()) + " vectors"};
  }
  const std::uint64_t first = std::uint64_t{plan_.first} + passages_.count();
  if (first + passages.size() >= std::numeric_limits<PassageNumber>::max()) {
    return Error{ErrorKind::Exhausted, "cannot index " + fields.id +
                                           ": passage numbers are used up; run `freshet rebuild`"};
  }
  const StoredDocument document{fields, static_cast<PassageNumber>(first), passages.size()};
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const auto number = static_cast<PassageNumber>(first + i);
    FRESHET_CHECK(keyword_.add(number, fields, passages[i]));
    auto added = vectors_.add(vectors[i]);
    if (!added) return while_doing("index " + fields.id, std::move(added).error());
    passages_.add(encode_passage(documents_.count(), passages[i]));
  }
  documents_.add(encode_document(document));
  fields_.add(document);
  return Done{};
}

Result<SegmentEntry> SegmentBuilder::finish() {
  FRESHET_CHECK(keyword_.finish());
  FRESHET_CHECK(vectors_.finish());
  FRESHET_CHECK(documents_.write(directory_ / kDocumentsFile));
  FRESHET_CHECK(passages_.write(directory_ / kPassagesFile));
  FRESHET_CHECK(fields_.write(directory_ / kFieldsFile));
  const SegmentHeader header{plan_.identity.encoder_id, plan_.identity.dimension, plan_.first,
                             passages_.count(),         documents_.count(),       {}};
  FRESHET_TRY(const std::uint64_t checksum, write_segment_header(directory_, header));
  FRESHET_CHECK(sync_all_files(directory_));

  const std::filesystem::path final_directory = segment_directory(plan_.index_directory, plan_.id);
  std::error_code problem;
  std::filesystem::rename(directory_, final_directory, problem);
  if (problem)
    return file_error("rename to " + final_directory.string(), directory_, problem.value());
  FRESHET_CHECK(sync_directory(segments_directory(plan_.index_directory)));

  const SegmentEntry entry{plan_.id, checksum, plan_.first, passages_.count()};
  FRESHET_CHECK(Segment::open(plan_.index_directory, entry, Snapshot::Check::Everything));
  FRESHET_CHECK(VectorSegment::open(final_directory, VectorSegment::Check::Headers));
  return entry;
}

}  // namespace freshet::index
